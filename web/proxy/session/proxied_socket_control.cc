// Control messages, and the sockets that they pass, both ways.
#include <algorithm>
#include <deque>
#include <utility>

#include "web/proxy/session/control_policy.h"
#include "web/proxy/session/proxied_socket.h"
#include "web/proxy/session/socket_kinds.h"

namespace everysock::proxy {
namespace {

namespace flag = websocket::flag;

bool is_rights(OptionLevel level, ControlType type) { return level == sol_socket && type == scm_rights; }

websocket::WireHandle handle_at(std::string_view handles, std::size_t index) {
  websocket::WireHandle handle = 0;
  for (std::size_t i = sizeof(handle); i-- > 0;) {
    handle = handle << 8 | static_cast<unsigned char>(handles[index * sizeof(handle) + i]);
  }
  return handle;
}

void append_handle(std::string& handles, websocket::WireHandle handle) {
  for (int shift = 0; shift < 32; shift += 8) handles.push_back(static_cast<char>((handle >> shift) & 0xff));
}

std::optional<std::uint32_t> int_option(Backend& backend, Handle handle, Option option) {
  std::int32_t value = 0;
  const auto size = backend.get_option(handle, sol_socket, option, std::as_writable_bytes(std::span(&value, 1)));
  if (!size || *size != sizeof(value)) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

std::int32_t port_of(const Result<Address>& address) {
  if (!address) return 0;
  if (const auto* inet = std::get_if<InetAddress>(&*address)) return inet->port;
  if (const auto* inet6 = std::get_if<Inet6Address>(&*address)) return inet6->port;
  return 0;
}

}  // namespace

// ---- from the client ----

Violation ProxiedSocket::on_push(const websocket::Message& message, std::uint8_t flags) {
  if (closing()) return websocket::ProtocolError::wrong_state;
  if ((flags & flag::control_cut) != 0) return websocket::ProtocolError::bad_flags;
  const auto refuse = [&](Errc code) { session_.reply_failed(wire_, message.request, Error(Operation::send, code)); };
  if (state_ == State::failed) {
    session_.reply_failed(wire_, message.request, *last_error_);
    return std::nullopt;
  }
  if (state_ == State::dead) {
    refuse(Errc::epipe);
    return std::nullopt;
  }
  if (balance_ <= 0) return websocket::ProtocolError::credit_exceeded;
  const std::string_view bytes = message.data.bytes;
  const std::size_t overhead = websocket::datagram_overhead + websocket::control_cost(message.control);
  const std::size_t cost = bytes.size() + overhead;
  balance_ -= static_cast<std::int64_t>(cost);
  const auto settle = [&](const Result<std::size_t>& result) {
    settle_datagram(cost, message.request, result);
    return std::nullopt;
  };
  const bool connecting = state_ == State::connecting;
  if (is_stream() && ((state_ != State::connected && !connecting) || send_broken_ || end_queued_)) {
    return settle(fail(Operation::send, Errc::epipe));
  }
  auto target = to_reach(Operation::sendto, "datagram", message.address);
  if (!target) return settle(Unexpected(target.error()));
  auto control = to_send(message.control);
  if (!control) return settle(Unexpected(control.error()));

  const bool dont_wait = (flags & flag::dont_wait) != 0;
  if (queue_.empty() && !connecting) {
    const auto result = is_stream() ? send(bytes, flags, nullptr, control->items())
                                    : send_datagram(bytes, flags, *target, control->items());
    if (!is_stream() || !result || *result == bytes.size()) {
      if (result || result.error() != Errc::eagain || dont_wait) return settle(result);
    } else {
      settle_datagram(*result + overhead, message.request, result);
      enqueue_stream(bytes.substr(*result), flags);
      return std::nullopt;
    }
  } else if (!connecting && dont_wait) {
    return settle(fail(Operation::send, Errc::eagain));
  }
  if (!session_.has_room_for_request()) return settle(fail(Operation::send, Errc::enobufs));
  session_.pending_requests.insert(message.request);
  Outgoing item;
  item.bytes = bytes;
  item.address = *std::move(target);
  item.request = message.request;
  item.flags = flags;
  item.overhead = overhead;
  item.control = *std::move(control);
  enqueue(std::move(item));
  return std::nullopt;
}

Result<OutgoingControl> ProxiedSocket::to_send(const std::vector<websocket::WireControl>& items) {
  OutgoingControl control(session_);
  ControlContext context;
  context.family = family_;
  if (family_ != af_unix) context.port = port_of(session_.context.loop.served().local_address(handle_));
  for (const websocket::WireControl& item : items) {
    if (family_ == af_unix && is_rights(item.level, item.type)) {
      if (const auto passed = pass_sockets(item.data, control); !passed) return Unexpected(passed.error());
      continue;
    }
    ControlMessage message{item.level, item.type, std::string(item.data)};
    if (item.type == scm_credentials) context.own = session_.own_credentials();
    const auto verdict = judge_control(message, context, session_.context.policy);
    if (!verdict) {
      session_.audit_refusal("control",
                             std::to_string(message.level.value()) + "/" + std::to_string(message.type.value()),
                             verdict.error().name());
      return Unexpected(verdict.error());
    }
    if (*verdict == ControlVerdict::send) control.add(std::move(message));
  }
  return control;
}

Result<void> ProxiedSocket::pass_sockets(std::string_view handles, OutgoingControl& control) {
  std::vector<Handle> sockets;
  for (std::size_t i = 0; i < handles.size() / sizeof(websocket::WireHandle); ++i) {
    const auto found = session_.sockets.find(handle_at(handles, i));
    if (found == session_.sockets.end() || found->second->handle_ == Handle::invalid || found->second->closing()) {
      return fail(Operation::send, Errc::ebadf);
    }
    sockets.push_back(found->second->handle_);
  }
  if (const auto added = control.add_sockets(sockets); !added) return added;
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    ProxiedSocket& socket = *session_.sockets.find(handle_at(handles, i))->second;
    socket.passed_ = true;
    socket.forget_connectors();
    session_.note_passed(socket.handle_, socket.wire_);
  }
  return {};
}

// Who comes to a listener that others may accept from is not known any more.
void ProxiedSocket::forget_connectors() {
  knows_peers_ = false;
  for (ProxiedSocket* const connector : unix_connectors_) {
    if (connector != nullptr) connector->unix_listener_ = nullptr;
  }
  unix_connectors_.clear();
}

bool ProxiedSocket::shares_name() const {
  return std::any_of(session_.sockets.begin(), session_.sockets.end(), [&](const auto& entry) {
    const ProxiedSocket* const other = entry.second.get();
    return other != nullptr && other != this && other->handle_ != Handle::invalid && other->unix_name_ == unix_name_;
  });
}

// ---- to the client ----

void ProxiedSocket::ask_control(ReceiveRequest& request, std::vector<ControlMessage>& control) const {
  if ((session_.features & websocket::feature_control) == 0 || (family_ != af_unix && !asks_control_)) return;
  request.control = &control;
  request.control_capacity = kControlRoom;
  if (family_ == af_unix) request.flags |= msg_cmsg_cloexec;  // which other families need not take
}

void ProxiedSocket::push_message(const Address& sender, std::string_view bytes, std::uint8_t flags,
                                 const ReceiveRequest& request) {
  bool cut = request.received_flags.has(msg_ctrunc);
  websocket::Message message{.request = 0, .address = sender, .control = {}, .data = {bytes}};
  std::deque<std::string> passed;
  for (const ControlMessage& item : *request.control) {
    if (item.level.is_native() || item.type.is_native()) continue;  // nothing that the client could know
    if (!is_rights(item.level, item.type)) {
      message.control.push_back({item.level, item.type, item.data});
      continue;
    }
    const auto rights = Rights::from(item);
    if (!rights) continue;
    std::string& handles = passed.emplace_back();
    for (const std::int64_t native : rights->descriptors) {
      const auto handle = announce(native);
      if (handle) append_handle(handles, *handle);
      if (!handle) cut = true;
    }
    if (!handles.empty()) message.control.push_back({sol_socket, scm_rights, handles});
  }
  credit_ -=
      static_cast<std::int64_t>(bytes.size() + websocket::datagram_overhead + websocket::control_cost(message.control));
  if (cut) flags |= flag::control_cut;
  session_.outbox.add(wire_, message, flags);
}

// Takes up a socket that has come and tells the client of it; one that the client may not have is closed.
std::optional<websocket::WireHandle> ProxiedSocket::announce(std::int64_t native) {
  Backend& backend = session_.context.loop.served();
  const auto adopted = backend.adopt(native);
  if (!adopted) {
    (void)backend.close(static_cast<Handle>(native));  // no socket
    return std::nullopt;
  }
  const auto refuse = [&]() -> std::optional<websocket::WireHandle> {
    (void)backend.close(*adopted);
    return std::nullopt;
  };
  const auto family = int_option(backend, *adopted, so_domain);
  const auto kind = int_option(backend, *adopted, so_type);
  if (!family || !kind) return refuse();
  websocket::Passed passed;
  passed.family = AddressFamily(*family);
  passed.kind = SocketKind(*kind);
  passed.protocol = Protocol(int_option(backend, *adopted, so_protocol).value_or(0));
  if (!check_kind(Operation::recv, session_.context.policy, passed.family, passed.kind, passed.protocol)) {
    return refuse();
  }
  const bool listening = int_option(backend, *adopted, so_acceptconn).value_or(0) != 0;
  if (!session_.has_room_for_socket() || (listening && session_.listeners >= session_.context.quotas.listeners)) {
    session_.context.metrics.add(Metric::quota_refused);
    return refuse();
  }
  if (!backend.set_blocking(*adopted, false)) return refuse();
  const auto local = backend.local_address(*adopted);
  const auto peer = backend.peer_address(*adopted);
  const bool connects = passed.kind == sock_stream || passed.kind == sock_seqpacket;
  State state = State::open;
  if (listening) state = State::listening;
  if (connects && peer) state = State::connected;

  passed.passed = session_.new_server_handle();
  passed.former = session_.passed_as(*adopted);
  if (state == State::connected) passed.state = websocket::PassedState::connected;
  if (state == State::listening) passed.state = websocket::PassedState::listening;
  if (local) passed.local = to_client(*local);
  if (peer) passed.peer = to_client(*peer);
  auto socket = std::make_unique<ProxiedSocket>(session_, passed.passed, *adopted, passed.family, passed.kind, state);
  socket->credit_ = 0;
  socket->asks_control_ = true;
  socket->knows_peers_ = false;
  socket->has_name_ = true;
  socket->bound_ =
      local && (passed.family == af_unix ? !std::get<UnixAddress>(*local).is_unnamed() : port_of(local) != 0);
  if (socket->bound_ && passed.family == af_unix) socket->unix_name_ = std::get<UnixAddress>(*local);
  socket->count_listener(1);
  session_.sockets.emplace(passed.passed, std::move(socket));
  session_.outbox.add(wire_, passed);
  return passed.passed;
}

}  // namespace everysock::proxy
