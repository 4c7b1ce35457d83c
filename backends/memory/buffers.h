// The caller's buffers with a position in them: what is left to send, and what is left to fill.
#ifndef EVERYSOCK_BACKENDS_MEMORY_BUFFERS_H_
#define EVERYSOCK_BACKENDS_MEMORY_BUFFERS_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

#include "everysock/buffer.h"

namespace everysock::memory {

class Gather {
 public:
  explicit Gather(std::span<const ConstBuffer> buffers) noexcept : buffers_(buffers) {
    for (const ConstBuffer& buffer : buffers) left_ += buffer.size();
    total_ = left_;
  }
  std::size_t total() const noexcept { return total_; }
  std::size_t left() const noexcept { return left_; }
  std::size_t taken() const noexcept { return total_ - left_; }

  // Moves up to `size` bytes to `to` and returns how many.
  std::size_t take(std::byte* to, std::size_t size) noexcept {
    std::size_t done = 0;
    while (done < size && left_ > 0) {
      const ConstBuffer piece = buffers_[index_].subspan(offset_);
      const std::size_t n = std::min(piece.size(), size - done);
      if (n > 0) std::memcpy(to + done, piece.data(), n);
      done += n;
      left_ -= n;
      offset_ += n;
      if (offset_ == buffers_[index_].size()) {
        ++index_;
        offset_ = 0;
      }
    }
    return done;
  }

 private:
  std::span<const ConstBuffer> buffers_;
  std::size_t index_ = 0;
  std::size_t offset_ = 0;
  std::size_t left_ = 0;
  std::size_t total_ = 0;
};

class Scatter {
 public:
  explicit Scatter(std::span<const MutableBuffer> buffers) noexcept : buffers_(buffers) {
    for (const MutableBuffer& buffer : buffers) left_ += buffer.size();
    total_ = left_;
  }
  std::size_t total() const noexcept { return total_; }
  std::size_t left() const noexcept { return left_; }
  std::size_t filled() const noexcept { return total_ - left_; }

  // Moves up to `size` bytes from `from` and returns how many there was room for.
  std::size_t put(const std::byte* from, std::size_t size) noexcept { return advance(from, size); }
  // Leaves up to `size` bytes as they are.
  std::size_t skip(std::size_t size) noexcept { return advance(nullptr, size); }

 private:
  std::size_t advance(const std::byte* from, std::size_t size) noexcept {
    std::size_t done = 0;
    while (done < size && left_ > 0) {
      const MutableBuffer& buffer = buffers_[index_];
      const std::size_t n = std::min(buffer.size() - offset_, size - done);
      if (n > 0 && from != nullptr) std::memcpy(static_cast<std::byte*>(buffer.data()) + offset_, from + done, n);
      done += n;
      left_ -= n;
      offset_ += n;
      if (offset_ == buffer.size()) {
        ++index_;
        offset_ = 0;
      }
    }
    return done;
  }

  std::span<const MutableBuffer> buffers_;
  std::size_t index_ = 0;
  std::size_t offset_ = 0;
  std::size_t left_ = 0;
  std::size_t total_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_BUFFERS_H_
