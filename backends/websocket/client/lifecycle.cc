#include "backends/websocket/client/backend.h"

namespace everysock::websocket {

WebsocketBackend::WebsocketBackend(std::string url, ClientEngine::Options options, std::shared_ptr<Transport> transport)
    : session_(std::move(url), std::move(options), std::move(transport)), resolver_(session_) {}

WebsocketBackend::~WebsocketBackend() = default;

Support WebsocketBackend::supports(Feature feature) const {
  Session::Lock lock(session_);
  return lock.engine().supports(feature);
}

Result<SocketPointer> WebsocketBackend::find(Handle handle, Operation operation) const {
  const auto found = handles_.find(handle);
  if (found == handles_.end()) return fail(operation, Errc::ebadf);
  return found->second.socket;
}

Handle WebsocketBackend::add(SocketPointer socket) {
  const auto handle = static_cast<Handle>(next_handle_++);
  ++socket->duplicates;
  handles_.emplace(handle, Entry{std::move(socket), false, {}});
  return handle;
}

Result<Handle> WebsocketBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  Session::Lock lock(session_);
  if (auto up = lock.connect(Operation::socket); !up) return Unexpected(up.error());
  SocketPointer socket;
  const auto opened = request(lock, [&](Reply* reply) -> Result<void> {
    auto made = lock.engine().open(family, kind, protocol, reply);
    if (!made) return Unexpected(made.error());
    socket = std::move(*made);
    return {};
  });
  if (!opened) {
    if (socket != nullptr) lock.engine().close(*socket, nullptr);
    return Unexpected(opened.error());
  }
  return add(std::move(socket));
}

Result<std::pair<Handle, Handle>> WebsocketBackend::open_pair(AddressFamily family, SocketKind kind,
                                                              Protocol protocol) {
  Session::Lock lock(session_);
  if (auto up = lock.connect(Operation::socketpair); !up) return Unexpected(up.error());
  std::pair<SocketPointer, SocketPointer> sockets;
  const auto made = request(lock, [&](Reply* reply) -> Result<void> {
    auto pair = lock.engine().open_pair(family, kind, protocol, reply);
    if (!pair) return Unexpected(pair.error());
    sockets = std::move(*pair);
    return {};
  });
  if (!made) {
    if (sockets.first != nullptr) {
      lock.engine().close(*sockets.first, nullptr);
      lock.engine().close(*sockets.second, nullptr);
    }
    return Unexpected(made.error());
  }
  const Handle first = add(std::move(sockets.first));
  return std::pair(first, add(std::move(sockets.second)));
}

// The numbers are this backend's own: a socket that was detached is taken up again.
Result<Handle> WebsocketBackend::adopt(std::int64_t native) {
  Session::Lock lock(session_);
  const auto handle = static_cast<Handle>(native);
  if (auto socket = find(handle, Operation::socket); !socket) return Unexpected(socket.error());
  return handle;
}

Result<Handle> WebsocketBackend::duplicate(Handle handle) {
  Session::Lock lock(session_);
  auto socket = find(handle, Operation::dup);
  if (!socket) return Unexpected(socket.error());
  return add(std::move(*socket));
}

Result<void> WebsocketBackend::close(Handle handle) {
  Session::Lock lock(session_);
  const auto found = handles_.find(handle);
  if (found == handles_.end()) return fail(Operation::close, Errc::ebadf);
  const SocketPointer socket = found->second.socket;
  for (const auto& watch : found->second.watches) {
    if (const auto alive = watch.lock()) alive->retire();
  }
  handles_.erase(found);
  if (--socket->duplicates > 0) return {};
  // so_linger: wait until the proxy has sent what is left, but not longer.
  const LocalOptions& options = socket->options;
  const bool lingers = options.linger && options.linger_seconds > 0 && socket->phase == Phase::connected &&
                       socket->blocking && lock.may_block();
  if (!lingers) {
    lock.engine().close(*socket, nullptr);
    return {};
  }
  constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
  const Deadline deadline = Deadline::after(monotonic_now(), options.linger_seconds * nanoseconds_per_second);
  const Session::Borrowed waiter(session_);
  Reply reply;
  reply.watcher = waiter.get();
  lock.engine().close(*socket, &reply);
  while (!reply.ended && lock.wait(*waiter, deadline)) {
  }
  if (!reply.ended) lock.engine().forget(reply);
  return {};
}

Result<bool> WebsocketBackend::inheritable(Handle handle) {
  Session::Lock lock(session_);
  const auto found = handles_.find(handle);
  if (found == handles_.end()) return fail(Operation::get_inheritable, Errc::ebadf);
  return found->second.inheritable;
}

Result<void> WebsocketBackend::set_inheritable(Handle handle, bool inheritable) {
  Session::Lock lock(session_);
  const auto found = handles_.find(handle);
  if (found == handles_.end()) return fail(Operation::set_inheritable, Errc::ebadf);
  found->second.inheritable = inheritable;
  return {};
}

Result<void> WebsocketBackend::set_blocking(Handle handle, bool blocking) {
  Session::Lock lock(session_);
  auto socket = find(handle, Operation::setblocking);
  if (!socket) return Unexpected(socket.error());
  (*socket)->blocking = blocking;
  return {};
}

Result<bool> WebsocketBackend::blocking(Handle handle) {
  Session::Lock lock(session_);
  auto socket = find(handle, Operation::setblocking);
  if (!socket) return Unexpected(socket.error());
  return (*socket)->blocking;
}

}  // namespace everysock::websocket
