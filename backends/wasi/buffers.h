// Between the buffers of a request and one piece of memory.
#ifndef EVERYSOCK_BACKENDS_WASI_BUFFERS_H_
#define EVERYSOCK_BACKENDS_WASI_BUFFERS_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "everysock/buffer.h"

namespace everysock::wasi {

template <typename Buffer>
std::size_t total_size(std::span<const Buffer> buffers) {
  std::size_t size = 0;
  for (const Buffer& buffer : buffers) size += buffer.size();
  return size;
}

// Copies as much of `data` as there is room for behind the first `skip` bytes; returns how much that was.
inline std::size_t scatter(std::string_view data, std::span<const MutableBuffer> buffers, std::size_t skip = 0) {
  std::size_t copied = 0;
  for (const MutableBuffer& buffer : buffers) {
    if (skip >= buffer.size()) {
      skip -= buffer.size();
      continue;
    }
    const std::size_t size = std::min(buffer.size() - skip, data.size() - copied);
    if (size != 0) std::memcpy(static_cast<char*>(buffer.data()) + skip, data.data() + copied, size);
    copied += size;
    skip = 0;
  }
  return copied;
}

inline std::string gather(std::span<const ConstBuffer> buffers) {
  std::string data;
  data.reserve(total_size(buffers));
  for (const ConstBuffer& buffer : buffers) data += buffer.view();
  return data;
}

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_BUFFERS_H_
