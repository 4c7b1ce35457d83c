#include "src/read_layer.h"

#include <algorithm>

namespace everysock::internal {

std::string ReadLayer::take(std::size_t bytes) {
  std::string taken(buffered().substr(0, bytes));
  drop(taken.size());
  return taken;
}

Result<std::string> ReadLayer::read(Operation operation, std::size_t size) {
  if (unbuffered() && size != npos) return read1(operation, size);
  std::size_t have = 0;     // units
  std::size_t counted = 0;  // bytes that these take
  for (;;) {
    const std::string_view fresh = buffered().substr(counted);
    const std::size_t part = prefix(fresh, size - have);
    have += units(fresh.substr(0, part));
    counted += part;
    if (have == size) return take(counted);
    const auto added = fill(operation, size - have);
    const bool is_all = added ? *added == 0 : added.error().would_block() && counted > 0;
    if (is_all) return take(counted);
    if (!added) return Unexpected(added.error());
  }
}

Result<std::string> ReadLayer::read1(Operation operation, std::size_t size) {
  if (size == 0) return std::string();
  if (buffered().empty()) {
    const auto added = fill(operation, size);
    if (!added) return Unexpected(added.error());
  }
  return take(prefix(buffered(), size));
}

Result<std::string> ReadLayer::readline(Operation operation, std::size_t size) {
  std::size_t have = 0;      // units
  std::size_t searched = 0;  // bytes that these take, without an end of line
  for (;;) {
    const std::string_view text = buffered();
    const std::size_t length = line_length(text, searched);
    const std::string_view fresh = text.substr(searched);
    const std::size_t part = prefix(fresh, size - have);
    if (length != npos) return take(std::min(length, searched + part));
    have += units(fresh.substr(0, part));
    if (have == size) return take(searched + part);
    searched = text.size();
    const auto added = fill(operation, 1);
    if (!added) return Unexpected(added.error());
    if (*added == 0) return take(buffered().size());
  }
}

}  // namespace everysock::internal
