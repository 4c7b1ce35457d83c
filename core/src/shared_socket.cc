#include "src/shared_socket.h"

#include <utility>

#include "src/socket_wait.h"

namespace everysock {

void SharedSocket::add_file() {
  const absl::MutexLock lock(&mutex_);
  ++files_;
}

Result<void> SharedSocket::remove_file() {
  {
    const absl::MutexLock lock(&mutex_);
    --files_;
  }
  return close_if_unused();
}

Result<void> SharedSocket::close_owner() {
  {
    const absl::MutexLock lock(&mutex_);
    owner_closed_ = true;
  }
  return close_if_unused();
}

void SharedSocket::leave() {
  {
    const absl::MutexLock lock(&mutex_);
    owner_closed_ = true;
    owner_ = nullptr;
  }
  (void)close_if_unused();  // nobody is left to tell
}

Handle SharedSocket::move_owner(Socket& owner) {
  const absl::MutexLock lock(&mutex_);
  owner_ = &owner;
  return io_.handle();
}

void SharedSocket::detach() {
  const absl::MutexLock lock(&mutex_);
  owner_closed_ = true;
  (void)io_.detach();
}

Result<void> SharedSocket::close_if_unused() {
  Socket last;
  {
    const absl::MutexLock lock(&mutex_);
    if (!owner_closed_ || files_ > 0) return {};
    last = std::move(io_);
    if (owner_ != nullptr) SocketIo::forget_handle(*owner_);
  }
  return last.close();  // not under the lock: with SO_LINGER it may take its time
}

}  // namespace everysock
