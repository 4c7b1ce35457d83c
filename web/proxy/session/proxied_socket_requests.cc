// Names, connections and options.
#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "web/proxy/policy/family_rule.h"
#include "web/proxy/session/option_policy.h"
#include "web/proxy/session/proxied_socket.h"

namespace everysock::proxy {
namespace {

using websocket::flag::dont_wait;

constexpr int kAcceptsPerTurn = 16;
constexpr std::int64_t kAcceptPause = 200'000'000;
constexpr std::size_t kMaxHeardFrom = 64;
constexpr std::size_t kMaxOptionValue = 1024;

bool brings_control(Option option) {
  constexpr std::array options = {so_timestamp,     so_timestampns,    ip_pktinfo,      ip_recvttl,   ip_recvtos,
                                  ipv6_recvpktinfo, ipv6_recvhoplimit, ipv6_recvtclass, hci_data_dir, hci_time_stamp};
  return std::find(options.begin(), options.end(), option) != options.end();
}

}  // namespace

// ---- what the policy says ----

Result<Address> ProxiedSocket::to_bind(const Address& address) {
  if (const auto* name = std::get_if<UnixAddress>(&address)) {
    auto real = session_.unix_names.to_bind(*name);
    if (!real) return tl::unexpected(real.error());
    return Address(*real);
  }
  if (std::holds_alternative<std::monostate>(address)) return fail(Operation::bind, Errc::einval);
  if (const auto refusal = session_.context.policy.bind(address, accepts_ipv4())) {
    session_.audit_refusal("bind", to_string(address), *refusal);
    return fail(Operation::bind, Errc::eacces);
  }
  return address;
}

Result<Address> ProxiedSocket::to_reach(Operation operation, std::string_view event, const Address& address) {
  if (std::holds_alternative<std::monostate>(address)) return address;
  if (const auto* name = std::get_if<UnixAddress>(&address)) {
    auto real = session_.unix_names.to_reach(operation, *name);
    if (!real) return tl::unexpected(real.error());
    return Address(*real);
  }
  const auto refusal = session_.context.policy.connect(address, session_.grants);
  if (!refusal || std::find(heard_from_.begin(), heard_from_.end(), address) != heard_from_.end()) return address;
  session_.audit_refusal(event, to_string(address), *refusal);
  return fail(operation, Errc::eacces);
}

// Whether binding to the IPv6 wildcard takes IPv4 peers as well.
bool ProxiedSocket::accepts_ipv4() const {
  if (family_ != af_inet6) return false;
  std::int32_t only_v6 = 0;
  const auto size = session_.context.loop.served().get_option(handle_, ipproto_ipv6, ipv6_v6only,
                                                              std::as_writable_bytes(std::span(&only_v6, 1)));
  return !size || only_v6 == 0;
}

Address ProxiedSocket::to_client(const Address& address) const {
  if (const auto* real = std::get_if<UnixAddress>(&address)) return session_.unix_names.to_client(*real);
  return address;
}

void ProxiedSocket::remember_sender(const Address& address) {
  if (!bound_ || family_ == af_unix) return;
  if (std::find(heard_from_.rbegin(), heard_from_.rend(), address) != heard_from_.rend()) return;
  if (heard_from_.size() == kMaxHeardFrom) heard_from_.pop_front();
  heard_from_.push_back(address);
}

// ---- bind ----

void ProxiedSocket::on_request(const websocket::Bind& request, std::uint8_t) {
  const auto real = to_bind(request.address);
  if (!real) return fail_request(request.request, real.error());
  Backend& backend = session_.context.loop.served();
  const auto bound = backend.bind(handle_, *real);
  session_.audit_result("bind", to_string(request.address), bound);
  if (!bound) return fail_request(request.request, bound.error());
  bound_ = has_name_ = true;
  if (const auto* name = std::get_if<UnixAddress>(&request.address)) {
    const auto local = backend.local_address(handle_);
    const auto* real_name = local ? std::get_if<UnixAddress>(&*local) : nullptr;
    if (real_name != nullptr) {
      unix_name_ = *real_name;
      session_.unix_names.bound(*name, *real_name);
    }
  }
  session_.outbox.add(wire_, names(request.request));
  update_interest();
}

// ---- listen and accept ----

Result<void> ProxiedSocket::begin_listening(const websocket::Listen& request) {
  Backend& backend = session_.context.loop.served();
  const int backlog = static_cast<int>(std::min<std::uint32_t>(request.backlog, somaxconn));
  if (state_ == State::listening) return backend.listen(handle_, backlog);
  if (session_.listeners >= session_.context.quotas.listeners) {
    session_.context.metrics.add(Metric::quota_refused);
    return fail(Operation::listen, Errc::enobufs);
  }
  // The system would choose a port on every address by itself.
  if (!bound_ && (family_ == af_inet || family_ == af_inet6)) {
    const Address anywhere = family_ == af_inet6 ? Address(Inet6Address{"::", 0}) : Address(InetAddress{"0.0.0.0", 0});
    if (const auto allowed = to_bind(anywhere); !allowed) return tl::unexpected(allowed.error().in(Operation::listen));
  }
  const auto listening = backend.listen(handle_, backlog);
  if (!listening) return listening;
  state_ = State::listening;
  accept_credit_ = request.accept_credit;
  count_listener(1);
  return listening;
}

void ProxiedSocket::count_listener(int amount) {
  if (state_ != State::listening) return;
  session_.listeners += static_cast<std::size_t>(amount);
  session_.context.metrics.add(Metric::listeners, amount);
}

void ProxiedSocket::on_request(const websocket::Listen& request, std::uint8_t) {
  const auto result = begin_listening(request);
  if (!result) return fail_request(request.request, result.error());
  const websocket::Done done = names(request.request);
  session_.audit("listen", to_string(done.local), "done");
  session_.outbox.add(wire_, done);
  update_interest();
}

void ProxiedSocket::accept_some() {
  Backend& backend = session_.context.loop.served();
  for (int i = 0; i < kAcceptsPerTurn && accept_credit_ > 0; ++i) {
    // The others wait in the system's backlog until the client has closed something.
    if (!session_.has_room_for_socket()) {
      accept_paused_ = true;
      return;
    }
    Address peer;
    const auto accepted = backend.accept(handle_, &peer);
    if (accepted) {
      accept_one(*accepted, peer);
      continue;
    }
    const Error error = accepted.error();
    if (error == Errc::eagain || error == Errc::eintr) return;
    session_.outbox.add(wire_, websocket::PendingError{error});
    if (error == Errc::econnaborted) continue;
    // No descriptors are left, say. The listener stays ready, so look again later.
    EventLoop& loop = session_.context.loop;
    accept_paused_ = true;
    retry_timer_ = loop.call_at(loop.now() + kAcceptPause, [this] {
      retry_timer_.reset();
      room_for_sockets();
    });
    return;
  }
}

void ProxiedSocket::accept_one(Handle accepted, const Address& peer) {
  Backend& backend = session_.context.loop.served();
  const auto local = backend.local_address(accepted);
  if (!local || !backend.set_blocking(accepted, false)) {
    // It has been reset while it waited.
    (void)backend.close(accepted);
    return;
  }
  --accept_credit_;
  const websocket::WireHandle handle = session_.new_server_handle();
  auto socket = std::make_unique<ProxiedSocket>(session_, handle, accepted, family_, kind_, State::connected);
  socket->linger_seconds_ = linger_seconds_;
  socket->window_stays_ = window_stays_;
  socket->asks_control_ = asks_control_;
  session_.audit("accept", to_string(peer), "done");
  session_.outbox.add(wire_, websocket::Accepted{handle, to_client(*local), to_client(peer)});
  ProxiedSocket& started = *socket;
  session_.sockets.emplace(handle, std::move(socket));
  if (!unix_connectors_.empty()) {
    ProxiedSocket* const connector = unix_connectors_.front();
    unix_connectors_.pop_front();
    if (connector != nullptr) pair(*connector, started);
  }
  started.start();
}

// ---- connect ----

void ProxiedSocket::on_request(const websocket::Connect& request, std::uint8_t flags) {
  if (connect_request_ != 0)
    return session_.reply_failed(wire_, request.request, Error(Operation::connect, Errc::ealready));
  const bool names_a_peer = !std::holds_alternative<std::monostate>(request.address);
  if (names_a_peer && !session_.connect_rate.take(session_.context.loop.now())) {
    session_.context.metrics.add(Metric::quota_refused);
    session_.audit("connect", to_string(request.address), "refused", "more connects per second than allowed");
    return fail_request(request.request, Error(Operation::connect, Errc::enobufs));
  }
  auto target = to_reach(Operation::connect, "connect", request.address);
  if (!target) return fail_request(request.request, target.error());
  connect_request_ = request.request;
  session_.pending_requests.insert(connect_request_);
  connect_target_ = *std::move(target);
  connect_text_ = to_string(request.address);
  connect_waits_ = (flags & dont_wait) == 0;
  try_connect();
}

void ProxiedSocket::fetch_waiting_connections() {
  std::vector<ProxiedSocket*> listeners;
  for (const auto& [wire, socket] : session_.sockets) {
    if (socket->state_ == State::listening && socket->wants_read()) listeners.push_back(socket.get());
  }
  for (ProxiedSocket* const listener : listeners) listener->accept_some();
}

void ProxiedSocket::try_connect() {
  Backend& backend = session_.context.loop.served();
  auto result = backend.connect(handle_, connect_target_);
  if (!result && result.error() == Errc::eagain && family_ == af_unix) {
    // The backlog may be full of what this client's own listener has room for and this loop has not come to yet.
    fetch_waiting_connections();
    result = backend.connect(handle_, connect_target_);
  }
  if (result) return on_connected();
  const Error error = result.error();
  if (error == Errc::einprogress || error == Errc::eintr) {
    state_ = State::connecting;
    return update_interest();
  }
  // An AF_UNIX listener's backlog is full, and nothing tells when there is room.
  if (error == Errc::eagain && family_ == af_unix && connect_waits_) {
    state_ = State::connecting;
    retry_soon();
    return update_interest();
  }
  on_connect_failed(error);
}

void ProxiedSocket::finish_connect() {
  Backend& backend = session_.context.loop.served();
  if (needs_family_rule(family_)) {
    // To these, asking again is a second attempt, or none at all.
    std::int32_t number = 0;
    const auto size = backend.get_option(handle_, sol_socket, so_error, std::as_writable_bytes(std::span(&number, 1)));
    if (!size) return on_connect_failed(size.error());
    return number == 0 ? on_connected() : on_connect_failed(Error(Operation::connect, static_cast<Errc>(number)));
  }
  // Asking again gives the outcome as a blocking connect would and, unlike so_error, leaves the socket as it was.
  const auto outcome = backend.connect(handle_, connect_target_);
  if (outcome || outcome.error() == Errc::eisconn) return on_connected();
  const Error error = outcome.error();
  if (error != Errc::ealready && error != Errc::einprogress && error != Errc::eintr) on_connect_failed(error);
}

void ProxiedSocket::on_connected() {
  has_name_ = true;
  const bool has_peer = !std::holds_alternative<std::monostate>(connect_target_);
  if (has_connections()) {
    // A listener that takes its peer away, which it does not have, listens no more.
    count_listener(-1);
    state_ = has_peer ? State::connected : State::open;
  }
  session_.audit("connect", connect_text_, "done");
  const std::uint32_t request = std::exchange(connect_request_, 0);
  session_.pending_requests.erase(request);
  session_.outbox.add(wire_, names(request));
  retry_delay_ = 0;
  ProxiedSocket* const listener = find_unix_listener();
  if (listener != nullptr && listener->knows_peers_) wait_to_be_accepted_by(*listener);
  flush();
}

void ProxiedSocket::on_connect_failed(Error error) {
  session_.audit("connect", connect_text_, "failed", error.name());
  const std::uint32_t request = std::exchange(connect_request_, 0);
  session_.pending_requests.erase(request);
  fail_request(request, error);
  if (state_ == State::connecting) {
    state_ = State::open;
    for (const Outgoing& item : queue_) {
      if (item.request != 0) session_.reply_failed(wire_, item.request, error);
    }
    drop_queue(true);
  }
  if (closing()) return finish_close();
  update_interest();
}

// ---- AF_UNIX connections within the session ----

ProxiedSocket* ProxiedSocket::find_unix_listener() const {
  const auto* target = std::get_if<UnixAddress>(&connect_target_);
  if (target == nullptr || !has_connections() || !session_.unix_names.is_private(*target)) return nullptr;
  for (const auto& [handle, socket] : session_.sockets) {
    if (socket->state_ == State::listening && socket->unix_name_ == *target) return socket.get();
  }
  return nullptr;
}

void ProxiedSocket::wait_to_be_accepted_by(ProxiedSocket& listener) {
  unix_listener_ = &listener;
  listener.unix_connectors_.push_back(this);
}

void ProxiedSocket::pair(ProxiedSocket& one, ProxiedSocket& other) {
  one.unix_listener_ = nullptr;
  one.unix_peer_ = &other;
  other.unix_peer_ = &one;
}

void ProxiedSocket::unpair() {
  if (unix_peer_ != nullptr) unix_peer_->unix_peer_ = nullptr;
  unix_peer_ = nullptr;
  if (unix_listener_ != nullptr) {
    // Its place stays: the system's queue still has the connection.
    std::replace(unix_listener_->unix_connectors_.begin(), unix_listener_->unix_connectors_.end(), this,
                 static_cast<ProxiedSocket*>(nullptr));
  }
  unix_listener_ = nullptr;
  for (ProxiedSocket* const connector : unix_connectors_) {
    if (connector != nullptr) connector->unix_listener_ = nullptr;
  }
  unix_connectors_.clear();
}

// The peer reads what was sent to it, and then ECONNRESET where the end would be.
void ProxiedSocket::reset_unix_peer() {
  if (unix_peer_ == nullptr || unix_peer_->state_ != State::connected || unix_peer_->closing()) return;
  if (unix_peer_->read_ended_) {
    unix_peer_->reset(Error(Operation::recv, Errc::econnreset));
  } else {
    unix_peer_->end_is_reset_ = true;
  }
}

// ---- shutdown and options ----

void ProxiedSocket::on_request(const websocket::Shutdown& request, std::uint8_t) {
  Backend& backend = session_.context.loop.served();
  Result<void> result;
  const bool waits = state_ == State::connecting || (state_ == State::connected && !queue_.empty());
  if (waits && has_connections() && (request.how == shut_wr || request.how == shut_rdwr)) {
    // Reading ends now; the end of the stream takes its place behind the data.
    if (request.how == shut_rdwr && state_ == State::connected) result = backend.shutdown(handle_, shut_rd);
    if (end_queued_)
      return session_.outbox.add(wire_, websocket::Done{.request = request.request, .local = {}, .peer = {}});
    end_queued_ = true;
    Outgoing item;
    item.shutdown = state_ == State::connected ? shut_wr : request.how;
    enqueue(std::move(item));
  } else {
    result = backend.shutdown(handle_, request.how);
  }
  if (!result) return fail_request(request.request, result.error());
  session_.outbox.add(wire_, websocket::Done{.request = request.request, .local = {}, .peer = {}});
}

void ProxiedSocket::on_request(const websocket::SetOption& request, std::uint8_t) {
  const std::string_view value = request.value.bytes;
  const Option option(request.level, request.option);
  const auto refused =
      refuse_set_option(family_, request.level, option, value, session_.context.policy, session_.grants);
  if (refused) return fail_request(request.request, Error(Operation::setsockopt, *refused));
  const auto result = session_.context.loop.served().set_option(handle_, request.level, option,
                                                                std::as_bytes(std::span(value.data(), value.size())));
  if (!result) return fail_request(request.request, result.error());
  if (option == so_sndbuf) window_stays_ = true;
  if (brings_control(option)) asks_control_ = true;
  if (option == so_linger && value.size() >= 8) {
    std::int32_t on = 0;
    std::int32_t seconds = 0;
    std::memcpy(&on, value.data(), sizeof(on));
    std::memcpy(&seconds, value.data() + sizeof(on), sizeof(seconds));
    linger_seconds_ = on != 0 ? std::optional(seconds) : std::nullopt;
  }
  session_.outbox.add(wire_, websocket::Done{.request = request.request, .local = {}, .peer = {}});
}

void ProxiedSocket::on_request(const websocket::GetOption& request, std::uint8_t) {
  if (request.size > kMaxOptionValue) return fail_request(request.request, Error(Operation::getsockopt, Errc::einval));
  std::array<std::byte, kMaxOptionValue> value{};
  const Option option(request.level, request.option);
  Result<std::size_t> size = std::min<std::size_t>(request.size, 4);
  // The pending error of a connect is its outcome, which is the reply to it and nothing else.
  if (option != so_error || state_ != State::connecting) {
    size =
        session_.context.loop.served().get_option(handle_, request.level, option, std::span(value).first(request.size));
  }
  if (!size) return fail_request(request.request, size.error());
  session_.outbox.add(wire_,
                      websocket::OptionValue{request.request, {{reinterpret_cast<const char*>(value.data()), *size}}});
}

}  // namespace everysock::proxy
