#include "script.h"

#include <array>
#include <cstdio>

namespace everysock::testing {
namespace {

constexpr std::int64_t kMoment = 3'000'000;

std::string quoted(std::string_view data) {
  if (data.size() > 40) return std::to_string(data.size()) + " bytes";
  std::string text = "\"";
  for (const char c : data) text += c == '\0' ? "\\0" : std::string(1, c);
  return text + "\"";
}

std::string hex(std::string_view data) {
  std::string text;
  for (const char c : data) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    text += digits.data();
  }
  return text;
}

}  // namespace

Address inet(std::string_view host, int port) { return InetAddress{Host(host), port}; }
Address inet6(std::string_view host, int port, std::uint32_t scope, std::uint32_t flow) {
  return Inet6Address{Host(host), port, flow, scope};
}
Address loopback(int port) { return inet("127.0.0.1", port); }
Address loopback6(int port) { return inet6("::1", port); }

Script::~Script() {
  for (const auto& [name, handle] : handles_) (void)backend_.close(handle);
}

void Script::line(const std::string& what, const std::string& outcome) { text_ += what + ": " + outcome + "\n"; }

template <typename T>
std::string Script::outcome_of(const Result<T>& result) {
  return result ? "ok" : std::string(result.error().name());
}

std::string Script::show(const Address& address) {
  const auto port_text = [&](int port) {
    // Chosen by the system, or by a script that took a high one for itself.
    if (port < 1024) return std::to_string(port);
    const auto added = ports_.emplace(port, "P" + std::to_string(ports_.size() + 1));
    return added.first->second;
  };
  if (const auto* inet = std::get_if<InetAddress>(&address)) return inet->host.str() + ":" + port_text(inet->port);
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) {
    return "[" + inet6->host.str() + "]:" + port_text(inet6->port) + " flow " + std::to_string(inet6->flowinfo) +
           " scope " + std::to_string(inet6->scope_id);
  }
  if (const auto* local = std::get_if<UnixAddress>(&address)) {
    if (local->is_unnamed()) return "unnamed";
    const std::string path = local->path.str();
    if (local->is_abstract()) {
      if (path.size() != 6) return "abstract " + quoted(path);
      const auto added = abstract_.emplace(path, "A" + std::to_string(abstract_.size() + 1));
      return "abstract " + added.first->second;
    }
    return path.starts_with(directory_) ? "path " + path.substr(directory_.size()) : "path " + path;
  }
  return "none";
}

Handle Script::handle(const std::string& name) const {
  const auto found = handles_.find(name);
  return found == handles_.end() ? Handle::invalid : found->second;
}

void Script::pause() { (void)backend_.wait({}, Deadline::after(backend_.now(), kMoment)); }

void Script::open(const std::string& name, AddressFamily family, SocketKind kind, Protocol protocol) {
  const auto opened = backend_.open(family, kind | sock_nonblock, protocol);
  if (opened) handles_[name] = *opened;
  line("open " + name, outcome_of(opened));
}

void Script::pair(const std::string& one, const std::string& other, SocketKind kind) {
  const auto opened = backend_.open_pair(af_unix, kind | sock_nonblock, Protocol());
  if (opened) {
    handles_[one] = opened->first;
    handles_[other] = opened->second;
  }
  line("pair " + one + " " + other, outcome_of(opened));
}

void Script::dup(const std::string& name, const std::string& copy) {
  const auto made = backend_.duplicate(handle(name));
  if (made) handles_[copy] = *made;
  line("dup " + name, outcome_of(made));
}

void Script::close(const std::string& name) {
  line("close " + name, outcome_of(backend_.close(handle(name))));
  handles_.erase(name);
}

void Script::bind(const std::string& name, const Address& address) {
  const auto done = backend_.bind(handle(name), address);
  line("bind " + name + " " + show(address), outcome_of(done));
}

void Script::listen(const std::string& name, int backlog) {
  line("listen " + name, outcome_of(backend_.listen(handle(name), backlog)));
}

void Script::accept(const std::string& listener, const std::string& name) {
  pause();
  Address peer;
  const auto accepted = backend_.accept(handle(listener), &peer);
  std::string outcome = outcome_of(accepted);
  if (accepted) {
    handles_[name] = *accepted;
    outcome += " from " + show(peer);
    outcome += *backend_.blocking(*accepted) ? ", blocking" : ", non-blocking";
    (void)backend_.set_blocking(*accepted, false);
  }
  line("accept " + listener, outcome);
}

void Script::connect(const std::string& name, const Address& address) {
  pause();
  const auto done = backend_.connect(handle(name), address);
  line("connect " + name + " " + show(address), outcome_of(done));
  pause();
}

void Script::shutdown(const std::string& name, ShutdownHow how) {
  line("shutdown " + name + " " + std::to_string(how.value()), outcome_of(backend_.shutdown(handle(name), how)));
}

void Script::local(const std::string& name) {
  const auto address = backend_.local_address(handle(name));
  line("local " + name, address ? show(*address) : outcome_of(address));
}

void Script::peer(const std::string& name) {
  pause();
  const auto address = backend_.peer_address(handle(name));
  line("peer " + name, address ? show(*address) : outcome_of(address));
}

void Script::send(const std::string& name, std::string_view data, MessageFlags flags, const Address* to) {
  pause();
  const ConstBuffer buffer(data);
  const auto sent =
      backend_.send(handle(name), {.buffers = {&buffer, 1}, .flags = flags | msg_nosignal, .address = to});
  line("send " + name + " " + quoted(data) + (to != nullptr ? " to " + show(*to) : ""),
       sent ? std::to_string(*sent) : outcome_of(sent));
}

void Script::fill(const std::string& name, std::size_t piece) {
  const std::string data(piece, 'f');
  const ConstBuffer buffer(data);
  std::string outcome;
  int tries = 0;
  do {
    for (; tries < 1'000'000; ++tries) {
      const auto sent = backend_.send(handle(name), {.buffers = {&buffer, 1}, .flags = msg_nosignal});
      if (sent) continue;
      outcome = outcome_of(sent);
      break;
    }
    pause();
    WaitItem item{handle(name), Interest::write};
    if (backend_.wait({&item, 1}, Deadline::passed()).value_or(0) == 0) break;
  } while (outcome == "EAGAIN" && ++tries < 1'000'000);
  line("fill " + name, outcome);
}

void Script::receive(const std::string& name, std::size_t size, MessageFlags flags) {
  pause();
  std::string data(size, '.');
  const MutableBuffer buffer(data);
  Address from;
  std::vector<ControlMessage> control;
  ReceiveRequest request{
      .buffers = {&buffer, 1}, .flags = flags, .address = &from, .control_capacity = 64, .control = &control};
  const auto received = backend_.receive(handle(name), request);
  std::string outcome = outcome_of(received);
  if (received) {
    outcome = std::to_string(*received) + " " + quoted(data.substr(0, std::min(*received, size)));
    outcome += " from " + show(from);
    const std::uint32_t shown = request.received_flags.value();
    if (shown != 0) outcome += " flags " + hex(std::string(1, static_cast<char>(shown)));
    for (const ControlMessage& message : control) {
      outcome += " control " + std::to_string(message.type.value()) + "/" + std::to_string(message.data.size());
    }
  }
  line("receive " + name + " " + std::to_string(size), outcome);
}

void Script::get(const std::string& name, OptionLevel level, Option option, std::size_t size) {
  std::string value(size, '.');
  const auto got =
      backend_.get_option(handle(name), level, option, std::as_writable_bytes(std::span(value.data(), size)));
  line("get " + name + " " + std::to_string(level.value() & 0xffff) + "/" + std::to_string(option.value()),
       got ? hex(value.substr(0, *got)) : outcome_of(got));
}

void Script::set(const std::string& name, OptionLevel level, Option option, int value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(static_cast<unsigned>(value) >> (8 * i));
  set_bytes(name, level, option, bytes);
}

void Script::set_bytes(const std::string& name, OptionLevel level, Option option, std::string_view value) {
  const auto done = backend_.set_option(handle(name), level, option, std::as_bytes(std::span(value)));
  line("set " + name + " " + std::to_string(level.value() & 0xffff) + "/" + std::to_string(option.value()) + " " +
           hex(value),
       outcome_of(done));
}

void Script::ready(const std::string& name) {
  pause();
  WaitItem item{handle(name), Interest::read_write};
  const auto count = backend_.wait({&item, 1}, Deadline::passed());
  std::string outcome = outcome_of(count);
  if (count) {
    outcome = (item.ready & Interest::read) != Interest::none ? "read" : "-";
    outcome += (item.ready & Interest::write) != Interest::none ? " write" : " -";
  }
  line("ready " + name, outcome);
}

Address Script::name_of(const std::string& name) {
  const auto address = backend_.local_address(handle(name));
  return address ? *address : Address();
}

}  // namespace everysock::testing
