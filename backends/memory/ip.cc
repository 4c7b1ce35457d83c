#include "backends/memory/ip.h"

#include <algorithm>
#include <charconv>

namespace everysock::memory {

std::optional<Ip> Ip::from(const everysock::Host& host) noexcept {
  const auto bytes = host.bytes();
  if (host.is_ipv4()) return v4(bytes[0], bytes[1], bytes[2], bytes[3]);
  if (!host.is_ipv6()) return std::nullopt;
  Ip ip;
  std::copy(bytes.begin(), bytes.end(), ip.bytes_.begin());
  return ip;
}

everysock::Host Ip::plain() const noexcept {
  if (!is_v4()) return mapped();
  const std::array<std::uint8_t, 4> four = {bytes_[12], bytes_[13], bytes_[14], bytes_[15]};
  return everysock::Host::ipv4(four);
}

everysock::Host Ip::mapped() const noexcept { return everysock::Host::ipv6(bytes_); }

bool Ip::is_v4() const noexcept {
  return std::all_of(bytes_.begin(), bytes_.begin() + 10, [](std::uint8_t byte) { return byte == 0; }) &&
         bytes_[10] == 0xff && bytes_[11] == 0xff;
}

bool Ip::is_any() const noexcept { return *this == v6_any() || *this == v4_any(); }

bool Ip::is_loopback() const noexcept { return *this == v6_loopback() || (is_v4() && bytes_[12] == 127); }

bool Ip::is_multicast() const noexcept { return is_v4() ? (bytes_[12] & 0xf0) == 0xe0 : bytes_[0] == 0xff; }

bool Ip::is_link_local() const noexcept { return bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80; }

bool Ip::needs_scope() const noexcept {
  const bool narrow = (bytes_[1] & 0x0f) == 1 || (bytes_[1] & 0x0f) == 2;
  return is_link_local() || (bytes_[0] == 0xff && narrow);
}

bool Ip::is_limited_broadcast() const noexcept { return *this == v4(255, 255, 255, 255); }

bool Ip::shares_prefix(const Ip& other, int bits) const noexcept {
  if (is_v4() != other.is_v4()) return false;
  if (is_v4()) bits += 96;
  for (std::size_t i = 0; i < bytes_.size() && bits > 0; ++i, bits -= 8) {
    const int mask = bits >= 8 ? 0xff : (0xff00 >> bits) & 0xff;
    if (((bytes_[i] ^ other.bytes_[i]) & mask) != 0) return false;
  }
  return true;
}

Ip Ip::last_of_network(int bits) const noexcept {
  if (is_v4()) bits += 96;
  Ip last = *this;
  for (std::size_t i = 0; i < bytes_.size(); ++i, bits -= 8) {
    const int host_part = bits >= 8 ? 0 : bits <= 0 ? 0xff : 0xff >> bits;
    last.bytes_[i] = static_cast<std::uint8_t>(last.bytes_[i] | host_part);
  }
  return last;
}

std::optional<InterfaceAddress> parse_interface_address(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<Ip> ip = Ip::from(everysock::Host(text.substr(0, slash)));
  if (!ip || ip->is_any() || ip->is_multicast()) return std::nullopt;
  int prefix = ip->is_v4() ? 24 : 64;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (prefix < 0 || prefix > (ip->is_v4() ? 32 : 128)) return std::nullopt;
  }
  return InterfaceAddress{*ip, prefix, 0};
}

}  // namespace everysock::memory
