#include <algorithm>
#include <utility>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {

Result<SocketPointer> ClientEngine::open(AddressFamily family, SocketKind kind, Protocol protocol, Reply* reply) {
  const SocketKind bare = kind.without_flags();
  if (const auto refused = check_form(family, bare, protocol)) return fail(Operation::socket, *refused);
  if (!supports(feature_of(family, bare, protocol)).claimed()) return fail(Operation::socket, Errc::eafnosupport);
  if (server_.max_sockets > 0 && live_.size() >= server_.max_sockets) return fail(Operation::socket, Errc::emfile);
  auto socket = std::make_shared<SocketState>(family, bare, protocol);
  socket->wire = new_handle();
  socket->blocking = !kind.has(sock_nonblock);
  socket->receive_credit = options_.window;
  if (link_ == Link::up) socket->send_credit = server_.window;
  live_.emplace(socket->wire, Live{.socket = socket});
  // What every system does needs no waiting for.
  if (reply != nullptr && is_common(family)) reply->ended = true;
  send_on_socket(pending(FrameType::open, socket, is_common(family) ? nullptr : reply, Operation::socket),
                 Open{.family = family, .kind = bare, .protocol = protocol});
  return socket;
}

Result<std::pair<SocketPointer, SocketPointer>> ClientEngine::open_pair(AddressFamily family, SocketKind kind,
                                                                        Protocol protocol, Reply* reply) {
  const SocketKind bare = kind.without_flags();
  if (const auto refused = check_form(family, bare, protocol)) return fail(Operation::socketpair, *refused);
  if (family != af_unix) return fail(Operation::socketpair, Errc::eopnotsupp);
  if (!supports(feature_of(family, bare, protocol)).claimed()) return fail(Operation::socketpair, Errc::eafnosupport);
  if (server_.max_sockets > 0 && live_.size() + 2 > server_.max_sockets) {
    return fail(Operation::socketpair, Errc::emfile);
  }
  const auto make = [&] {
    auto socket = std::make_shared<SocketState>(family, bare, protocol);
    socket->wire = new_handle();
    socket->phase = Phase::connected;
    if (bare == sock_dgram) socket->phase = Phase::open;
    socket->local = UnixAddress{};
    socket->peer = UnixAddress{};
    socket->blocking = !kind.has(sock_nonblock);
    socket->receive_credit = options_.window;
    if (link_ == Link::up) socket->send_credit = server_.window;
    live_.emplace(socket->wire, Live{.socket = socket});
    return socket;
  };
  const SocketPointer first = make();
  const SocketPointer second = make();
  Pending request = pending(FrameType::open_pair, first, reply, Operation::socketpair);
  request.second = second;
  send_on_socket(std::move(request),
                 OpenPair{.family = family, .kind = bare, .protocol = protocol, .second = second->wire});
  return std::pair(first, second);
}

void ClientEngine::close(SocketState& socket, Reply* reply) {
  if (socket.phase == Phase::lost || socket.phase == Phase::closed) {
    socket.phase = Phase::closed;
    if (reply != nullptr) reply->ended = true;
    return;
  }
  // A peer whose data nobody has read gets a reset, as from a system. Not where somebody else may still read it.
  const bool unread = socket.passed_as == 0 && socket.is_stream() && !socket.bytes.empty();
  Live& entry = live_[socket.wire];
  // A listen that is still on its way has granted credit, too.
  Live rest{.accept_credit = socket.accept_credit, .kept = nullptr, .kept_credit = 0};
  if (socket.passed_as != 0) {
    rest.kept = entry.socket;
    rest.kept_credit = socket.receive_credit;
    socket.phase_before = socket.phase;
  }
  const SocketPointer alive = std::exchange(entry, std::move(rest)).socket;
  socket.phase = Phase::closed;
  for (const WireHandle wire : std::exchange(socket.more_wires, {})) close_wire(wire);
  if (socket.passed_as == 0) discard_input(socket);
  send_request(Pending{.type = FrameType::close, .handle = socket.wire, .reply = reply, .operation = Operation::close},
               Close{}, unread ? flag::abort : std::uint8_t{0});
  socket.changed();
}

Result<void> ClientEngine::bind(const SocketPointer& socket, const Address& address, Reply* reply) {
  if (auto ok = usable(*socket, Operation::bind); !ok) return ok;
  if (reply == nullptr) socket->local = address;  // as far as anybody knows
  socket->known_destinations.clear();
  send_on_socket(pending(FrameType::bind, socket, reply, Operation::bind), Bind{.address = address});
  return {};
}

Result<void> ClientEngine::listen(const SocketPointer& socket, int backlog, Reply* reply) {
  if (auto ok = usable(*socket, Operation::listen); !ok) return ok;
  // Half of the backlog, within reason, is fetched ahead and waits here; the server's system holds the rest, so that
  // no more wait in all than the program has asked for.
  constexpr int most_ahead = 64;
  if (socket->has_connections() && socket->phase == Phase::open) {
    socket->listen_pending = true;
    socket->accept_credit = socket->accept_window = std::clamp(backlog / 2, 1, most_ahead);
  }
  const int rest = std::max(backlog - socket->accept_window, 0);
  send_on_socket(pending(FrameType::listen, socket, reply, Operation::listen),
                 Listen{.backlog = static_cast<std::uint32_t>(rest),
                        .accept_credit = static_cast<std::uint32_t>(socket->accept_window)});
  return {};
}

}  // namespace everysock::websocket
