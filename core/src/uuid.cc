#include "everysock/addresses/uuid.h"

#include "src/hex_text.h"

namespace everysock {
namespace {

// Groups of 4, 2, 2, 2 and 6 octets.
constexpr bool begins_group(std::size_t octet) noexcept {
  return octet == 4 || octet == 6 || octet == 8 || octet == 10;
}

}  // namespace

Uuid::Uuid(std::string_view text) noexcept {
  constexpr std::size_t kLength = 36;
  malformed_ = text.size() != kLength;
  std::size_t at = 0;
  for (std::size_t i = 0; i < octets_.size() && !malformed_; ++i) {
    if (begins_group(i)) malformed_ = text[at++] != '-';
    const auto octet = internal::hex_octet(text.substr(at, 2));
    at += 2;
    malformed_ = malformed_ || !octet;
    octets_[i] = octet.value_or(0);
  }
  if (malformed_) octets_ = {};
}

std::string Uuid::str() const {
  if (malformed_) return "(malformed)";
  std::string text;
  for (std::size_t i = 0; i < octets_.size(); ++i) {
    if (begins_group(i)) text += '-';
    internal::append_hex(text, octets_[i], internal::HexCase::lower);
  }
  return text;
}

}  // namespace everysock
