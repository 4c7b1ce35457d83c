// The text of a file: its bytes, decoded, with its line ends as the program wants them.
#ifndef EVERYSOCK_CORE_TEXT_READER_H_
#define EVERYSOCK_CORE_TEXT_READER_H_

#include <cstdint>

#include "src/byte_reader.h"
#include "src/newlines.h"
#include "src/text_codec.h"

namespace everysock::internal {

class TextReader final : public ReadLayer {
 public:
  TextReader(ByteReader& bytes, TextCodec codec, Newline newline) : bytes_(bytes), codec_(codec), newlines_(newline) {}

 private:
  std::string_view buffered() const override { return std::string_view(text_).substr(begin_); }
  void drop(std::size_t bytes) override;
  Result<std::size_t> fill(Operation operation, std::size_t wanted) override;
  std::size_t units(std::string_view bytes) const override;
  std::size_t prefix(std::string_view bytes, std::size_t size) const override;
  std::size_t line_length(std::string_view text, std::size_t from) const override;

  // Decodes what can be decoded. Fails where nothing can, because of a byte that does not fit.
  Result<void> decode(Operation operation, bool final);

  ByteReader& bytes_;
  TextCodec codec_;
  NewlineReader newlines_;
  std::string text_;
  std::size_t begin_ = 0;
  std::int64_t decoded_ = 0;  // bytes since the file was made
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_TEXT_READER_H_
