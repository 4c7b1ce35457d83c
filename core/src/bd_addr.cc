#include "everysock/addresses/bd_addr.h"

#include "src/hex_text.h"

namespace everysock {

// "12:23:34:45:56:67": every third character separates.
BdAddr::BdAddr(std::string_view text) noexcept {
  constexpr std::size_t kLength = 17;
  malformed_ = text.size() != kLength;
  for (std::size_t i = 0; i < octets_.size() && !malformed_; ++i) {
    const auto octet = internal::hex_octet(text.substr(3 * i, 2));
    malformed_ = !octet || (i > 0 && text[3 * i - 1] != ':');
    octets_[i] = octet.value_or(0);
  }
  if (malformed_) octets_ = {};
}

std::string BdAddr::str() const {
  if (malformed_) return "(malformed)";
  std::string text;
  for (const std::uint8_t octet : octets_) {
    if (!text.empty()) text += ':';
    internal::append_hex(text, octet, internal::HexCase::upper);
  }
  return text;
}

}  // namespace everysock
