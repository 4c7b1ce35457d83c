#include "src/text_reader.h"

#include <algorithm>

#include "src/utf8.h"

namespace everysock::internal {

void TextReader::drop(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == text_.size()) {
    text_.clear();
    begin_ = 0;
  }
}

Result<std::size_t> TextReader::fill(Operation operation, std::size_t wanted) {
  text_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = text_.size();
  bool ended = false;
  for (;;) {
    // First what is there already: it may end in a byte that does not decode, and must not be waited for.
    if (const auto decoded = decode(operation, ended); !decoded) return Unexpected(decoded.error());
    if (ended || text_.size() > before) return text_.size() - before;
    const auto received = bytes_.fill(operation, wanted);
    if (!received) return received;
    ended = *received == 0;
  }
}

Result<void> TextReader::decode(Operation operation, bool final) {
  std::string piece;
  const TextCodec::Decoded decoded = codec_.decode(bytes_.buffered(), final, piece);
  bytes_.drop(decoded.consumed);
  decoded_ += static_cast<std::int64_t>(decoded.consumed);
  const std::size_t before = text_.size();
  newlines_.append(piece, final || decoded.failed, text_);  // nothing follows a byte that does not decode
  if (decoded.failed && text_.size() == before) {
    return fail(operation, UsageErrc::file_decode,
                static_cast<std::int32_t>(std::min<std::int64_t>(decoded_, INT32_MAX)));
  }
  return {};
}

std::size_t TextReader::units(std::string_view bytes) const { return count_characters(bytes); }

std::size_t TextReader::prefix(std::string_view bytes, std::size_t size) const {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (starts_character(bytes[at]) && size-- == 0) return at;
    ++at;
  }
  return at;
}

std::size_t TextReader::line_length(std::string_view text, std::size_t from) const {
  return newlines_.line_length(text, from);
}

}  // namespace everysock::internal
