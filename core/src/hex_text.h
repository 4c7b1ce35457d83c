// Octets as two hexadecimal digits: what Bluetooth addresses and UUIDs are made of.
#ifndef EVERYSOCK_CORE_HEX_TEXT_H_
#define EVERYSOCK_CORE_HEX_TEXT_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace everysock::internal {

// Exactly two digits, in either case.
inline std::optional<std::uint8_t> hex_octet(std::string_view digits) noexcept {
  std::uint8_t octet = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, octet, 16);
  if (digits.size() != 2 || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return octet;
}

enum class HexCase { lower, upper };
inline void append_hex(std::string& text, std::uint8_t octet, HexCase digit_case) {
  const char* const digits = digit_case == HexCase::upper ? "0123456789ABCDEF" : "0123456789abcdef";
  text += digits[octet >> 4];
  text += digits[octet & 0xf];
}

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_HEX_TEXT_H_
