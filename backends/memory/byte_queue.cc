#include "backends/memory/byte_queue.h"

#include <bit>

namespace everysock::memory {
namespace {

constexpr std::size_t kSmallest = 256;
// An emptied ring larger than this is given back.
constexpr std::size_t kKept = std::size_t{1} << 20;

}  // namespace

void ByteQueue::push(Gather& from, std::size_t size) {
  if (size_ + size > capacity_) grow(size_ + size);
  while (size > 0) {
    const std::size_t tail = (head_ + size_) & mask_;
    const std::size_t n = from.take(&ring_[tail], std::min(size, capacity_ - tail));
    size_ += n;
    size -= n;
  }
}

std::size_t ByteQueue::copy(Scatter& to, std::size_t offset, std::size_t size) const noexcept {
  size = std::min(size, size_ - std::min(offset, size_));
  std::size_t done = 0;
  while (done < size) {
    const std::size_t start = (head_ + offset + done) & mask_;
    const std::size_t piece = std::min(size - done, capacity_ - start);
    const std::size_t n = to.put(&ring_[start], piece);
    done += n;
    if (n < piece) break;
  }
  return done;
}

void ByteQueue::drop(std::size_t size) noexcept {
  head_ = (head_ + size) & mask_;
  size_ -= size;
  if (size_ != 0) return;
  head_ = 0;
  if (capacity_ > kKept) clear();
}

void ByteQueue::grow(std::size_t needed) {
  const std::size_t capacity = std::bit_ceil(std::max(needed, kSmallest));
  // Not value-initialised: it is about to be written.
  std::unique_ptr<std::byte[]> ring(new std::byte[capacity]);
  if (size_ > 0) {
    const std::size_t first = std::min(size_, capacity_ - head_);
    std::memcpy(&ring[0], &ring_[head_], first);
    std::memcpy(&ring[first], &ring_[0], size_ - first);
  }
  ring_ = std::move(ring);
  capacity_ = capacity;
  mask_ = capacity - 1;
  head_ = 0;
}

}  // namespace everysock::memory
