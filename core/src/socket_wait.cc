#include "src/socket_wait.h"

namespace everysock {

Result<void> SocketIo::wait(Socket& socket, Interest direction, Operation operation, Deadline deadline) {
  for (;;) {
    WaitItem item{socket.handle_, direction};
    const auto ready = socket.backend_->wait(std::span(&item, 1), deadline);
    if (ready) {
      if (*ready > 0) return {};
      return Unexpected(Error::timed_out(operation));
    }
    if (ready.error() != Errc::eintr) return Unexpected(ready.error().in(operation));
  }
}

}  // namespace everysock
