// A socket and the files made of it (Socket::makefile): who closes the descriptor, and when.
#ifndef EVERYSOCK_CORE_SHARED_SOCKET_H_
#define EVERYSOCK_CORE_SHARED_SOCKET_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include "everysock/socket.h"

namespace everysock {

// Owns the handle from the first makefile() on; the Socket keeps a copy of it, which is taken away when the handle
// closes. Files work on io(), which no closing of the Socket disturbs.
//
// The lock is what lets a Socket be destroyed in one thread while its last file is closed in another.
class SharedSocket {
 public:
  // `io` takes the handle over from `owner`.
  SharedSocket(Socket io, Socket& owner) : io_(std::move(io)), owner_(&owner) {}

  // A Socket of the same handle and time-out, for files alone.
  Socket& io() noexcept { return io_; }

  void add_file();
  Result<void> remove_file();

  // Socket::close(): closes now, or with the last file.
  Result<void> close_owner();
  // The Socket is destroyed, or becomes another one.
  void leave();
  // The Socket has moved to `owner`; returns the handle it has there.
  Handle move_owner(Socket& owner);
  // Socket::detach(): files find the socket closed.
  void detach();

 private:
  // Closes the handle where nothing needs it any more.
  Result<void> close_if_unused();

  Socket io_;
  absl::Mutex mutex_;
  Socket* owner_ ABSL_GUARDED_BY(mutex_);
  bool owner_closed_ ABSL_GUARDED_BY(mutex_) = false;
  int files_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace everysock

#endif  // EVERYSOCK_CORE_SHARED_SOCKET_H_
