#include "backends/websocket/engine/byte_queue.h"

#include <algorithm>
#include <cstring>

namespace everysock::websocket {

void ByteQueue::append(std::string_view bytes) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    if (chunks_.empty() || chunks_.back().end == chunk_size) chunks_.emplace_back();
    Chunk& chunk = chunks_.back();
    const std::size_t count = std::min(bytes.size(), chunk_size - chunk.end);
    std::memcpy(chunk.bytes.get() + chunk.end, bytes.data(), count);
    chunk.end += count;
    bytes.remove_prefix(count);
  }
}

std::size_t ByteQueue::copy(std::span<const MutableBuffer> buffers, std::size_t offset) const {
  std::size_t copied = 0;
  auto chunk = chunks_.begin();
  std::size_t position = chunk == chunks_.end() ? 0 : chunk->begin;
  const auto settle = [&] {
    while (chunk != chunks_.end() && position == chunk->end) {
      if (++chunk != chunks_.end()) position = chunk->begin;
    }
    return chunk != chunks_.end();
  };
  while (offset > 0 && settle()) {
    const std::size_t skipped = std::min(offset, chunk->end - position);
    position += skipped;
    offset -= skipped;
  }
  for (const MutableBuffer& buffer : buffers) {
    std::size_t filled = 0;
    while (filled < buffer.size() && settle()) {
      const std::size_t count = std::min(buffer.size() - filled, chunk->end - position);
      std::memcpy(static_cast<char*>(buffer.data()) + filled, chunk->bytes.get() + position, count);
      position += count;
      filled += count;
    }
    copied += filled;
  }
  return copied;
}

void ByteQueue::consume(std::size_t count) {
  size_ -= count;
  while (count > 0) {
    Chunk& chunk = chunks_.front();
    const std::size_t taken = std::min(count, chunk.end - chunk.begin);
    chunk.begin += taken;
    count -= taken;
    if (chunk.begin < chunk.end) break;
    if (chunks_.size() == 1) {
      chunk.begin = chunk.end = 0;
    } else {
      chunks_.pop_front();
    }
  }
}

void ByteQueue::clear() {
  chunks_.clear();
  size_ = 0;
}

}  // namespace everysock::websocket
