#include "src/utf8.h"

#include <algorithm>

namespace everysock::internal {
namespace {

unsigned char at(std::string_view text, std::size_t index) noexcept { return static_cast<unsigned char>(text[index]); }

bool within(unsigned char byte, unsigned char first, unsigned char last) noexcept {
  return byte >= first && byte <= last;
}

// How long the character behind a first byte is (0: no character begins so), and what the second byte may be.
struct Lead {
  std::uint8_t length;
  unsigned char second_first = 0x80;
  unsigned char second_last = 0xbf;
};

Lead lead(unsigned char byte) noexcept {
  if (within(byte, 0xc2, 0xdf)) return {2};
  if (byte == 0xe0) return {3, 0xa0};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (within(byte, 0xe1, 0xef)) return {3};
  if (byte == 0xf0) return {4, 0x90};
  if (within(byte, 0xf1, 0xf3)) return {4};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {0};
}

}  // namespace

Utf8Unit next_utf8(std::string_view text) noexcept {
  using Kind = Utf8Unit::Kind;
  const unsigned char first = at(text, 0);
  if (first < 0x80) return {Kind::character, 1, first};
  const Lead expected = lead(first);
  if (expected.length == 0) return {Kind::invalid, 1, 0};
  char32_t code = first & (0x7fu >> expected.length);
  for (std::uint8_t i = 1; i < expected.length; ++i) {
    if (i == text.size()) return {Kind::incomplete, i, 0};
    const bool fits =
        i == 1 ? within(at(text, 1), expected.second_first, expected.second_last) : within(at(text, i), 0x80, 0xbf);
    if (!fits) return {Kind::invalid, i, 0};
    code = code << 6 | (at(text, i) & 0x3fu);
  }
  return {Kind::character, expected.length, code};
}

char32_t surrogate(std::string_view text) noexcept {
  if (text.size() < 3 || at(text, 0) != 0xed) return 0;
  if (!within(at(text, 1), 0xa0, 0xbf) || !within(at(text, 2), 0x80, 0xbf)) return 0;
  return 0xd000u | (at(text, 1) & 0x3fu) << 6 | (at(text, 2) & 0x3fu);
}

void append_escaped(unsigned char byte, std::string& text) {
  text += '\xed';
  text += static_cast<char>(0xb0 | byte >> 6);
  text += static_cast<char>(0x80 | (byte & 0x3f));
}

void append_latin1(unsigned char code, std::string& text) {
  text += static_cast<char>(0xc0 | code >> 6);
  text += static_cast<char>(0x80 | (code & 0x3f));
}

std::size_t incomplete_suffix(std::string_view text) noexcept {
  for (std::size_t length = 1; length <= std::min<std::size_t>(text.size(), 3); ++length) {
    const std::size_t begin = text.size() - length;
    if (starts_character(text[begin])) return lead(at(text, begin)).length > length ? length : 0;
  }
  return 0;
}

std::size_t count_characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

std::size_t ascii_prefix(std::string_view text) noexcept {
  const auto end = std::ranges::find_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0x80) != 0; });
  return static_cast<std::size_t>(end - text.begin());
}

}  // namespace everysock::internal
