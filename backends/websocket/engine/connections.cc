#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {

Result<ConnectStep> ClientEngine::connect(const SocketPointer& socket, const Address& address, bool dont_wait,
                                          Reply* reply) {
  if (auto ok = usable(*socket, Operation::connect); !ok) return tl::unexpected(ok.error());
  const bool takes_peer_away = std::holds_alternative<std::monostate>(address);
  Pending request = pending(FrameType::connect, socket, reply, Operation::connect);
  request.address = address;
  const std::uint8_t flags = dont_wait ? flag::dont_wait : std::uint8_t{0};
  if (!socket->has_connections() || takes_peer_away) {
    if (reply == nullptr && !takes_peer_away) socket->peer = address;
    send_on_socket(std::move(request), Connect{.address = address}, flags);
    return ConnectStep::asked;
  }
  switch (socket->phase) {
    case Phase::listening:
      return fail(Operation::connect, socket->is_unix() ? Errc::einval : Errc::eisconn);
    case Phase::connecting:
      return fail(Operation::connect, Errc::ealready);
    case Phase::connected:
      if (!socket->connect_succeeded) return fail(Operation::connect, Errc::eisconn);
      socket->connect_succeeded = false;
      return ConnectStep::connected;
    default:
      break;
  }
  if (socket->connect_failed || socket->pending_error) {
    const auto outcome = connect_outcome(*socket);
    return tl::unexpected(outcome ? Error(Operation::connect, Errc::econnaborted) : outcome.error());
  }
  socket->phase = Phase::connecting;
  request.reply = nullptr;
  send_on_socket(std::move(request), Connect{.address = address}, flags);
  return ConnectStep::started;
}

// Linux: a failure that so_error has told already is ECONNABORTED to the next connect().
Result<void> ClientEngine::connect_outcome(SocketState& socket) {
  if (auto ok = usable(socket, Operation::connect); !ok) return ok;
  if (socket.phase == Phase::connecting) return fail(Operation::connect, Errc::ealready);
  if (socket.connect_succeeded) {
    socket.connect_succeeded = false;
    return {};
  }
  socket.connect_failed = false;
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::connect));
  if (socket.phase == Phase::connected) return {};
  return fail(Operation::connect, Errc::econnaborted);
}

Result<SocketPointer> ClientEngine::accept(SocketState& socket) {
  if (auto ok = usable(socket, Operation::accept); !ok) return tl::unexpected(ok.error());
  if (!socket.has_connections()) return fail(Operation::accept, Errc::eopnotsupp);
  if (!socket.accept_queue.empty()) {
    SocketPointer accepted = std::move(socket.accept_queue.front());
    socket.accept_queue.pop_front();
    if (socket.phase == Phase::listening) {
      append_frame(out(), socket.wire, Credit{1});
      ++socket.accept_credit;
    }
    return accepted;
  }
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::accept));
  if (socket.phase == Phase::listening || socket.listen_pending) return fail(Operation::accept, Errc::eagain);
  return fail(Operation::accept, Errc::einval);
}

Result<bool> ClientEngine::shutdown(const SocketPointer& socket, ShutdownHow how, Reply* reply) {
  if (auto ok = usable(*socket, Operation::shutdown); !ok) return tl::unexpected(ok.error());
  if (how != shut_rd && how != shut_wr && how != shut_rdwr) return fail(Operation::shutdown, Errc::einval);
  const bool connected = socket->has_connections() && socket->phase == Phase::connected;
  if (!socket->is_unix() && socket->is_stream()) {
    if (socket->broken || socket->phase == Phase::open) return fail(Operation::shutdown, Errc::enotconn);
  }
  Pending request = pending(FrameType::shutdown, socket, connected ? nullptr : reply, Operation::shutdown);
  request.how = how;
  if (!connected) {
    send_on_socket(std::move(request), Shutdown{.how = how});
    return false;
  }
  if (how != shut_wr) socket->receive_shut = true;
  if (how != shut_rd) socket->send_shut = true;
  send_on_socket(std::move(request), Shutdown{.how = how});
  socket->changed();
  return true;
}

Result<Address> ClientEngine::local_address(const SocketState& socket) const {
  if (auto ok = usable(socket, Operation::getsockname); !ok) return tl::unexpected(ok.error());
  if (!std::holds_alternative<std::monostate>(socket.local)) return socket.local;
  return unbound_name(socket.family, socket.protocol);
}

Result<Address> ClientEngine::peer_address(const SocketState& socket) const {
  if (auto ok = usable(socket, Operation::getpeername); !ok) return tl::unexpected(ok.error());
  const bool connected =
      socket.has_connections() ? socket.phase == Phase::connected && (socket.is_unix() || !socket.broken) : true;
  if (socket.family == af_can && socket.protocol == can_bcm) return fail(Operation::getpeername, Errc::eopnotsupp);
  if (!connected || std::holds_alternative<std::monostate>(socket.peer)) {
    return fail(Operation::getpeername, Errc::enotconn);
  }
  return socket.peer;
}

}  // namespace everysock::websocket
