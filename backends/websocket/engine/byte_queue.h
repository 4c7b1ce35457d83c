// Bytes of a stream that have come and have not been read yet.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_BYTE_QUEUE_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_BYTE_QUEUE_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string_view>

#include "everysock/buffer.h"

namespace everysock::websocket {

// Kept in chunks, so that a long queue is neither moved nor allocated anew, and an empty one keeps one chunk at most.
class ByteQueue {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

  void append(std::string_view bytes);
  // Copies what fits into `buffers`, in order, beginning `offset` bytes behind the front; returns how much that was.
  std::size_t copy(std::span<const MutableBuffer> buffers, std::size_t offset = 0) const;
  // Drops the first `count` bytes, which are there.
  void consume(std::size_t count);
  void clear();

 private:
  static constexpr std::size_t chunk_size = std::size_t{32} * 1024;
  struct Chunk {
    std::unique_ptr<char[]> bytes = std::make_unique_for_overwrite<char[]>(chunk_size);
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::deque<Chunk> chunks_;
  std::size_t size_ = 0;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_BYTE_QUEUE_H_
