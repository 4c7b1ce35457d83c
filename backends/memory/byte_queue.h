// Bytes in a ring.
#ifndef EVERYSOCK_BACKENDS_MEMORY_BYTE_QUEUE_H_
#define EVERYSOCK_BACKENDS_MEMORY_BYTE_QUEUE_H_

#include <cstddef>
#include <memory>

#include "backends/memory/buffers.h"

namespace everysock::memory {

// Grows by doubling as far as it is filled, so that an idle connection costs nothing and a busy one stops allocating.
// The bound is the owner's business.
class ByteQueue {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

  // Appends `size` bytes of `from`, which has that many.
  void push(Gather& from, std::size_t size);
  // Copies up to `size` bytes, starting `offset` bytes from the front, and returns how many there was room for.
  std::size_t copy(Scatter& to, std::size_t offset, std::size_t size) const noexcept;
  std::byte at(std::size_t offset) const noexcept { return ring_[(head_ + offset) & mask_]; }
  // Drops bytes from the front.
  void drop(std::size_t size) noexcept;
  // Drops bytes from the back.
  void truncate(std::size_t size) noexcept { size_ = size; }
  void clear() noexcept {
    ring_.reset();
    head_ = size_ = mask_ = 0;
    capacity_ = 0;
  }

 private:
  void grow(std::size_t needed);

  std::unique_ptr<std::byte[]> ring_;
  std::size_t capacity_ = 0;  // a power of two, or 0
  std::size_t mask_ = 0;
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_BYTE_QUEUE_H_
