#include "src/inet_text.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/str_cat.h"

namespace everysock::internal {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One number of the classic form, removed from the front of `text`.
std::optional<std::uint64_t> take_classic_number(std::string_view& text) {
  int base = 10;
  if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || number > 0xffffffffu) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::optional<Ipv4Bytes> parse_ipv4(std::string_view text) noexcept {
  Ipv4Bytes bytes{};
  for (std::size_t part = 0; part < 4; ++part) {
    if (part > 0) {
      if (text.empty() || text.front() != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    unsigned value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) {
      if (digits == 3 || (digits > 0 && value == 0)) return std::nullopt;
      value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
    }
    if (digits == 0 || value > 255) return std::nullopt;
    bytes[part] = static_cast<std::uint8_t>(value);
    text.remove_prefix(digits);
  }
  return text.empty() ? std::optional(bytes) : std::nullopt;
}

std::optional<Ipv6Bytes> parse_ipv6(std::string_view text) noexcept {
  Ipv6Bytes bytes{};
  std::size_t filled = 0;
  std::optional<std::size_t> gap;
  if (text.substr(0, 2) == "::") {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (filled == 16) return std::nullopt;
    if (filled <= 12 && text.find(':') == std::string_view::npos && text.find('.') != std::string_view::npos) {
      const auto quad = parse_ipv4(text);
      if (!quad) return std::nullopt;
      std::copy(quad->begin(), quad->end(), bytes.begin() + static_cast<std::ptrdiff_t>(filled));
      filled += 4;
      text = {};
      break;
    }
    unsigned value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && hex_value(text[digits]) >= 0) {
      if (digits == 4) return std::nullopt;
      value = value * 16 + static_cast<unsigned>(hex_value(text[digits++]));
    }
    if (digits == 0) return std::nullopt;
    bytes[filled++] = static_cast<std::uint8_t>(value >> 8);
    bytes[filled++] = static_cast<std::uint8_t>(value & 0xff);
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text.front() != ':') return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    if (text.front() == ':') {
      if (gap) return std::nullopt;
      gap = filled;
      text.remove_prefix(1);
    }
  }
  if (!gap) return filled == 16 ? std::optional(bytes) : std::nullopt;
  if (filled == 16) return std::nullopt;
  const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(*gap);
  const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(filled);
  std::rotate(begin, middle, bytes.end());
  return bytes;
}

std::optional<Ipv4Bytes> parse_ipv4_classic(std::string_view text) noexcept {
  std::array<std::uint64_t, 4> parts{};
  std::size_t count = 0;
  for (;;) {
    if (count == 4 || text.empty() || !is_digit(text.front())) return std::nullopt;
    const auto number = take_classic_number(text);
    if (!number) return std::nullopt;
    parts[count++] = *number;
    if (text.empty() || is_space(text.front())) break;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  std::uint64_t address = 0;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (parts[i] > 255) return std::nullopt;
    address |= parts[i] << (24 - 8 * i);
  }
  const std::uint64_t room = std::uint64_t{0xffffffff} >> (8 * (count - 1));
  if (parts[count - 1] > room) return std::nullopt;
  address |= parts[count - 1];
  return Ipv4Bytes{static_cast<std::uint8_t>(address >> 24), static_cast<std::uint8_t>(address >> 16),
                   static_cast<std::uint8_t>(address >> 8), static_cast<std::uint8_t>(address)};
}

std::string format_ipv4(std::span<const std::uint8_t, 4> bytes) {
  return absl::StrCat(int{bytes[0]}, ".", int{bytes[1]}, ".", int{bytes[2]}, ".", int{bytes[3]});
}

std::string format_ipv6(std::span<const std::uint8_t, 16> bytes) {
  std::array<unsigned, 8> groups;
  for (std::size_t i = 0; i < 8; ++i) groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);

  std::size_t best = 8, best_length = 1;  // the longest run of at least two zeros, the first of equals
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > best_length) best = i, best_length = end - i;
    i = end + 1;
  }

  std::string text;
  for (std::size_t i = 0; i < 8;) {
    if (i == best) {
      text += "::";
      i += best_length;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    const bool mapped = best == 0 && best_length == 5 && groups[5] == 0xffff;
    const bool compatible = best == 0 && best_length == 6;
    if (i == 6 && (mapped || compatible)) {
      return text + format_ipv4(bytes.subspan<12, 4>());
    }
    absl::StrAppend(&text, absl::Hex(groups[i]));
    ++i;
  }
  return text;
}

}  // namespace everysock::internal
