// How sockets come to be: the only place that gives a Socket its handle.
#ifndef EVERYSOCK_CORE_SOCKET_FACTORY_H_
#define EVERYSOCK_CORE_SOCKET_FACTORY_H_

#include "everysock/socket.h"

namespace everysock {

class SocketFactory {
 public:
  // Wraps a new, blocking handle and gives it the default time-out. The handle is closed if that fails.
  static Result<Socket> with_default_timeout(Operation operation, Backend& backend, Handle handle, AddressFamily family,
                                             SocketKind type, Protocol proto);
  // Wraps a handle whose blocking mode stays as it is. `timeout` in nanoseconds, -1 for none.
  static Result<Socket> wrap(Backend& backend, Handle handle, AddressFamily family, SocketKind type, Protocol proto,
                             std::int64_t timeout);
};

}  // namespace everysock

#endif  // EVERYSOCK_CORE_SOCKET_FACTORY_H_
