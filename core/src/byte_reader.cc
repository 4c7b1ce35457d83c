#include "src/byte_reader.h"

#include <algorithm>
#include <cstring>

namespace everysock::internal {
namespace {

// More is not received at once, whatever is asked for: the memory is needed before the bytes come.
constexpr std::size_t kLargestReceive = 65536;

}  // namespace

void ByteReader::drop(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
  }
}

Result<std::size_t> ByteReader::fill(Operation operation, std::size_t wanted) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = buffer_.size();
  const std::size_t most = std::max(capacity_, std::min(wanted, kLargestReceive));
  buffer_.resize(before + most);
  const auto received = receive(operation, MutableBuffer(buffer_.data() + before, most));
  buffer_.resize(before + received.value_or(0));
  return received;
}

Result<std::size_t> ByteReader::read_into(Operation operation, MutableBuffer buffer) {
  char* const to = static_cast<char*>(buffer.data());
  std::size_t have = 0;
  while (have < buffer.size()) {
    if (!buffered().empty()) {
      const std::size_t part = buffered().copy(to + have, buffer.size() - have);
      drop(part);
      have += part;
      continue;
    }
    if (have > 0 && unbuffered()) break;
    // What does not fit into the buffer anyway goes straight to where it is wanted.
    const std::size_t lacking = buffer.size() - have;
    const auto received =
        lacking >= capacity_ ? receive(operation, MutableBuffer(to + have, lacking)) : fill(operation, lacking);
    if (received && *received == 0) break;
    if (!received) {
      if (received.error().would_block() && have > 0) break;
      buffer_.insert(0, to, have);
      return received;
    }
    if (lacking >= capacity_) have += *received;
  }
  return have;
}

std::size_t ByteReader::line_length(std::string_view text, std::size_t from) const {
  const std::size_t at = text.find('\n', from);
  return at == npos ? npos : at + 1;
}

Result<std::size_t> ByteReader::receive(Operation operation, MutableBuffer buffer) {
  if (timed_out_) return fail(operation, UsageErrc::file_timed_out);
  const auto received = socket_.io().recv_into(buffer);
  if (received) return received;
  timed_out_ = received.error().is_timeout();
  return Unexpected(received.error().in(operation));
}

}  // namespace everysock::internal
