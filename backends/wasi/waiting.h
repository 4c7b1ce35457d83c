// Waiting for any of several sockets, in the host's poll.
#ifndef EVERYSOCK_BACKENDS_WASI_WAITING_H_
#define EVERYSOCK_BACKENDS_WASI_WAITING_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "backends/wasi/socket.h"

namespace everysock::wasi {

std::int64_t monotonic_now() noexcept;

struct Watch {
  Socket* socket;
  Interest interest;
  Interest ready = Interest::none;  // out
};

// Until one is ready or the deadline passes; returns how many are. EDEADLK where nothing could ever end the waiting:
// the program has one thread, and this is where it is.
Result<std::size_t> wait_for(std::span<Watch> watches, Deadline deadline);

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_WAITING_H_
