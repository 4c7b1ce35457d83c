// The encodings of text files, and what becomes of what does not fit (MakefileOptions).
#ifndef EVERYSOCK_CORE_TEXT_CODEC_H_
#define EVERYSOCK_CORE_TEXT_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace everysock::internal {

enum class Encoding : std::uint8_t { utf8, latin1, ascii };
enum class ErrorHandler : std::uint8_t { strict, ignore, replace, surrogateescape };

// By any of the names that Python's codecs module knows, in capitals or not.
std::optional<Encoding> find_encoding(std::string_view name);
std::optional<ErrorHandler> find_error_handler(std::string_view name) noexcept;

class TextCodec {
 public:
  constexpr TextCodec(Encoding encoding, ErrorHandler errors) noexcept : encoding_(encoding), errors_(errors) {}

  struct Decoded {
    std::size_t consumed;  // bytes; what is left belongs to a character that is not complete, or does not decode
    bool failed;
  };
  // Appends the text that `bytes` stand for. `final`: nothing follows them.
  Decoded decode(std::string_view bytes, bool final, std::string& text) const;

  // Appends the bytes of `text`. Returns the index of the character that does not encode, if one does not.
  std::optional<std::size_t> encode(std::string_view text, std::string& bytes) const;

 private:
  bool decode_invalid(std::string_view bytes, std::string& text) const;
  bool encode_character(std::string_view character, char32_t code, std::string& bytes) const;
  bool encode_unencodable(char32_t code, std::string& bytes) const;

  Encoding encoding_;
  ErrorHandler errors_;
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_TEXT_CODEC_H_
