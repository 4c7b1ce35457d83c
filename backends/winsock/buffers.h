// Buffers as Winsock takes them.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_BUFFERS_H_
#define EVERYSOCK_BACKENDS_WINSOCK_BUFFERS_H_

#include <algorithm>
#include <climits>
#include <span>

#include "absl/container/inlined_vector.h"

#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

using Buffers = absl::InlinedVector<WSABUF, 16>;

// Winsock counts with 31 bits: what is longer goes in parts, as with any stream.
inline int counted(std::size_t size) noexcept { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

template <typename Buffer>
Buffers native_buffers(std::span<const Buffer> buffers) {
  Buffers result;
  result.reserve(buffers.size());
  for (const Buffer& buffer : buffers) {
    result.push_back({static_cast<u_long>(counted(buffer.size())),
                      static_cast<char*>(const_cast<void*>(static_cast<const void*>(buffer.data())))});
  }
  return result;
}

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_BUFFERS_H_
