// UTF-8, one character at a time (Unicode, table 3-7).
#ifndef EVERYSOCK_CORE_UTF8_H_
#define EVERYSOCK_CORE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace everysock::internal {

struct Utf8Unit {
  enum class Kind : std::uint8_t {
    character,   // well-formed
    invalid,     // the longest part that a character could begin with, or one byte that cannot be where it is
    incomplete,  // the text ends within a character
  };
  Kind kind;
  std::uint8_t length;  // bytes
  char32_t code;        // of a character
};

// The unit that `text` (not empty) begins with. Surrogates are invalid.
Utf8Unit next_utf8(std::string_view text) noexcept;

// The surrogate (U+D800-U+DFFF) that `text` begins with, in the three bytes that UTF-8's scheme would give it; 0 where
// it begins with something else.
char32_t surrogate(std::string_view text) noexcept;
// U+DC00 + byte, which stands for a byte that does not decode.
void append_escaped(unsigned char byte, std::string& text);

// The character of that code, which is none of ASCII's.
void append_latin1(unsigned char code, std::string& text);

// How many bytes at the end of `text` begin a character, or a lone surrogate, and are not all of it.
std::size_t incomplete_suffix(std::string_view text) noexcept;

inline bool starts_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }
std::size_t count_characters(std::string_view text) noexcept;
// How many bytes at the front of `text` are ASCII.
std::size_t ascii_prefix(std::string_view text) noexcept;

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_UTF8_H_
