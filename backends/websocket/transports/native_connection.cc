#include "backends/websocket/transports/native_connection.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"

#include "backends/websocket/transports/http_upgrade.h"

namespace everysock::websocket {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::int64_t opening_time = 10 * nanoseconds_per_second;
constexpr double tick_seconds = 1;
constexpr std::size_t read_size = std::size_t{256} * 1024;
// How much is pulled from the engine before the socket has taken it.
constexpr std::size_t most_unwritten = std::size_t{256} * 1024;

LinkEnd broken(std::string_view step, const Error& error) {
  return LinkEnd{.reason = absl::StrCat(absl::string_view(step.data(), step.size()), ": ", error.message()),
                 .refused = false};
}
LinkEnd broken(std::string why) { return LinkEnd{.reason = std::move(why), .refused = false}; }

std::string random_nonce() {
  std::random_device random;
  std::string nonce(16, '\0');
  for (char& byte : nonce) byte = static_cast<char>(random() & 0xff);
  return nonce;
}

}  // namespace

NativeConnection::NativeConnection(Backend& network, Selector& selector, TransportListener& listener,
                                   std::function<std::optional<Goodbye>()> ending)
    : network_(network),
      selector_(selector),
      listener_(listener),
      ending_(std::move(ending)),
      framing_(listener),
      buffer_(read_size) {}

LinkEnd NativeConnection::run(const std::string& url_text) {
  const auto url = parse_websocket_url(url_text);
  if (!url) return broken(url.error());
  opening_deadline_ = Deadline::after(network_.now(), opening_time);
  Step end = connect(*url);
  if (!end) end = upgrade(*url);
  if (!end) end = serve();
  if (socket_.handle() != Handle::invalid) {
    // Not registered where connecting failed early.
    (void)selector_.remove(socket_);
    (void)socket_.close();
  }
  return *end;
}

NativeConnection::Step NativeConnection::connect(const WebsocketUrl& url) {
  const auto addresses = getaddrinfo(url.host, Service(url.port), af_unspec, sock_stream, {}, {}, network_);
  if (!addresses) return broken("looking up the proxy", addresses.error());
  Step last;
  for (const AddressInfo& address : *addresses) {
    last = connect_to(address);
    if (!last || ending_()) return last;
  }
  return last;
}

NativeConnection::Step NativeConnection::connect_to(const AddressInfo& address) {
  auto made = socket(address.family, address.type, address.proto, network_);
  if (!made) return broken("connecting to the proxy", made.error());
  if (socket_.handle() != Handle::invalid) {
    (void)selector_.remove(socket_);  // of the address before
    (void)socket_.close();
  }
  socket_ = std::move(*made);
  if (auto ok = socket_.setblocking(false); !ok) return broken("connecting to the proxy", ok.error());
  if (auto ok = selector_.add(socket_, Interest::write); !ok) return broken("connecting to the proxy", ok.error());
  const auto outcome = socket_.connect(address.address);
  if (!outcome && !outcome.error().would_block()) return broken("connecting to the proxy", outcome.error());
  if (!outcome) {
    if (auto failed = wait_for(Interest::write)) return failed;
    const auto error = socket_.getsockopt(sol_socket, so_error);
    if (!error) return broken("connecting to the proxy", error.error());
    if (*error != 0) {
      return broken("connecting to the proxy", Error(Operation::connect, static_cast<Errc>(*error)));
    }
  }
  // Small messages must not wait for the acknowledgement of others. Some networks have no such option, nor the need.
  (void)socket_.setsockopt(ipproto_tcp, tcp_nodelay, 1);
  return std::nullopt;
}

NativeConnection::Step NativeConnection::wait_for(Interest interest) {
  if (auto ok = selector_.modify(socket_, interest); !ok) return broken("waiting for the proxy", ok.error());
  for (;;) {
    if (ending_()) return broken("called off");
    const std::int64_t left = opening_deadline_.left(network_.now());
    if (left == 0) return broken("the proxy does not answer");
    const auto events = selector_.select(static_cast<double>(left) / static_cast<double>(nanoseconds_per_second));
    if (!events) return broken("waiting for the proxy", events.error());
    if (!events->empty()) return std::nullopt;
  }
}

NativeConnection::Step NativeConnection::upgrade(const WebsocketUrl& url) {
  HttpUpgrade upgrade(url, random_nonce());
  std::string_view request = upgrade.request();
  while (!request.empty()) {
    const auto sent = socket_.send(ConstBuffer(request));
    if (sent) {
      request.remove_prefix(*sent);
    } else if (!sent.error().would_block()) {
      return broken("asking for the WebSocket", sent.error());
    } else if (auto failed = wait_for(Interest::write)) {
      return failed;
    }
  }
  std::string answer;
  while (upgrade.state() == HttpUpgrade::State::reading) {
    if (auto failed = wait_for(Interest::read)) return failed;
    const auto received = socket_.recv_into(MutableBuffer(buffer_.data(), buffer_.size()));
    if (!received && received.error().would_block()) continue;
    if (!received) return broken("asking for the WebSocket", received.error());
    if (*received == 0) return broken("the server hung up on the handshake");
    answer.append(buffer_.data(), *received);
    answer.erase(0, upgrade.feed(answer));
  }
  if (upgrade.state() == HttpUpgrade::State::failed) {
    LinkEnd end = broken(upgrade.problem());
    end.refused = upgrade.refused();
    return end;
  }
  listener_.opened();
  if (!answer.empty()) framing_.receive(answer);
  return std::nullopt;
}

LinkEnd NativeConnection::serve() {
  Interest interest = Interest::none;
  std::int64_t next_tick = network_.now() + nanoseconds_per_second;
  for (;;) {
    if (auto failed = send_messages()) return *failed;
    const auto goodbye = ending_();
    if (goodbye) framing_.close(goodbye->code, goodbye->reason);
    if (auto failed = flush()) return *failed;
    if (goodbye) return LinkEnd{.code = goodbye->code, .reason = goodbye->reason, .refused = false};
    if (framing_.finished()) return framing_.end();

    const Interest wanted = framing_.output().empty() ? Interest::read : Interest::read_write;
    if (wanted != interest) {
      if (auto ok = selector_.modify(socket_, wanted); !ok) return broken("serving the WebSocket", ok.error());
      interest = wanted;
    }
    const auto events = selector_.select(tick_seconds);
    if (!events) return broken("serving the WebSocket", events.error());
    for (const Selector::Event& event : *events) {
      if ((event.ready & Interest::read) == Interest::none) continue;
      if (auto failed = read()) return *failed;
    }
    if (network_.now() >= next_tick) {
      next_tick = network_.now() + nanoseconds_per_second;
      listener_.tick();
    }
  }
}

NativeConnection::Step NativeConnection::send_messages() {
  for (;;) {
    bool all = false;
    while (!all && framing_.output().size() < most_unwritten) {
      const std::string message = listener_.next_message();
      all = message.empty();
      if (!all) framing_.send(message);
    }
    if (auto failed = flush()) return failed;
    // Either the engine has no more, and will say so when it has; or the socket takes no more, and select() will tell.
    if (all || !framing_.output().empty()) return std::nullopt;
  }
}

NativeConnection::Step NativeConnection::flush() {
  while (!framing_.output().empty()) {
    const auto sent = socket_.send(ConstBuffer(framing_.output()));
    if (!sent && sent.error().would_block()) break;
    if (!sent) return broken("the link to the proxy", sent.error());
    framing_.written(*sent);
  }
  return std::nullopt;
}

NativeConnection::Step NativeConnection::read() {
  const auto received = socket_.recv_into(MutableBuffer(buffer_.data(), buffer_.size()));
  if (!received && received.error().would_block()) return std::nullopt;
  if (!received) return broken("the link to the proxy", received.error());
  if (*received == 0) return framing_.finished() ? framing_.end() : broken("the proxy hung up");
  framing_.receive({buffer_.data(), *received});
  return std::nullopt;
}

}  // namespace everysock::websocket
