#include "backends/websocket/client/backend.h"

namespace everysock::websocket {

Result<void> WebsocketBackend::bind(Handle handle, const Address& address) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::bind);
  if (!socket) return Unexpected(socket.error());
  return request(lock, [&](Reply* reply) { return lock.engine().bind(*socket, address, reply); });
}

Result<void> WebsocketBackend::listen(Handle handle, int backlog) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::listen);
  if (!socket) return Unexpected(socket.error());
  return request(lock, [&](Reply* reply) { return lock.engine().listen(*socket, backlog, reply); });
}

Result<Handle> WebsocketBackend::accept(Handle handle, Address* peer) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::accept);
  if (!socket) return Unexpected(socket.error());
  auto accepted = repeat(lock, *socket, (*socket)->blocking, (*socket)->options.receive_timeout,
                         [&] { return lock.engine().accept(**socket); });
  if (!accepted) return Unexpected(accepted.error());
  if (peer != nullptr) *peer = (*accepted)->peer;
  return add(std::move(*accepted));
}

Result<void> WebsocketBackend::connect(Handle handle, const Address& address) {
  Session::Lock lock(session_);
  const auto found = find(handle, Operation::connect);
  if (!found) return Unexpected(found.error());
  const SocketPointer& socket = *found;
  const bool sleeps = lock.may_block();
  if (!sleeps && socket->blocking && socket->has_connections()) {
    return fail(Operation::connect, UsageErrc::would_block_page);
  }
  const bool dont_wait = socket->is_unix() && !socket->blocking;
  Reply reply;
  auto step = lock.engine().connect(socket, address, dont_wait, sleeps ? &reply : nullptr);
  if (step && *step == ConnectStep::connected) return {};
  if (step && *step == ConnectStep::asked) {
    if (!sleeps) return {};
    return lock.wait(reply);
  }
  if (!step && !(step.error() == Errc::ealready && socket->blocking)) return Unexpected(step.error());
  // Under way. What AF_UNIX answers comes at once, so that even non-blocking sockets await it.
  const bool waits = socket->blocking || (socket->is_unix() && sleeps);
  if (!waits) return fail(Operation::connect, Errc::einprogress);
  const std::int64_t timeout = socket->options.send_timeout;
  const Deadline deadline = timeout == 0 ? Deadline::never() : Deadline::after(monotonic_now(), timeout);
  const Session::Borrowed waiter(session_);
  socket->watchers.push_back(waiter.get());
  while (socket->phase == Phase::connecting && lock.wait(*waiter, deadline)) {
  }
  socket->unwatch(*waiter);
  if (socket->phase == Phase::connecting) return fail(Operation::connect, Errc::einprogress);
  return lock.engine().connect_outcome(*socket);
}

Result<void> WebsocketBackend::shutdown(Handle handle, ShutdownHow how) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::shutdown);
  if (!socket) return Unexpected(socket.error());
  Reply reply;
  const auto done = lock.engine().shutdown(*socket, how, lock.may_block() ? &reply : nullptr);
  if (!done) return Unexpected(done.error());
  if (*done || !lock.may_block()) return {};
  return lock.wait(reply);
}

Result<Address> WebsocketBackend::local_address(Handle handle) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::getsockname);
  if (!socket) return Unexpected(socket.error());
  return lock.engine().local_address(**socket);
}

Result<Address> WebsocketBackend::peer_address(Handle handle) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::getpeername);
  if (!socket) return Unexpected(socket.error());
  return lock.engine().peer_address(**socket);
}

}  // namespace everysock::websocket
