// Waiting for many sockets: one implementation for each system, chosen by the build.
#ifndef EVERYSOCK_BACKENDS_POSIX_POLLER_H_
#define EVERYSOCK_BACKENDS_POSIX_POLLER_H_

#include <memory>

#include "everysock/backend.h"

namespace everysock::posix {

Result<std::unique_ptr<Poller>> new_poller();

// For poll(2) and epoll_wait(2): rounded up, -1 for never.
int milliseconds_left(Deadline deadline) noexcept;

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_POLLER_H_
