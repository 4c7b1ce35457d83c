// Internet addresses as the simulated hosts compare them.
#ifndef EVERYSOCK_BACKENDS_MEMORY_IP_H_
#define EVERYSOCK_BACKENDS_MEMORY_IP_H_

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "everysock/address.h"
#include "everysock/host.h"

namespace everysock::memory {

// An IPv4 or IPv6 address in sixteen bytes, IPv4 ones as ::ffff:a.b.c.d: an IPv6 socket that speaks to an IPv4 peer
// needs no case of its own. The IPv4 wildcard is ::ffff:0.0.0.0.
class Ip {
 public:
  constexpr Ip() noexcept = default;  // ::
  static constexpr Ip v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) noexcept {
    Ip ip;
    ip.bytes_[10] = ip.bytes_[11] = 0xff;
    ip.bytes_[12] = a;
    ip.bytes_[13] = b;
    ip.bytes_[14] = c;
    ip.bytes_[15] = d;
    return ip;
  }
  static constexpr Ip v6_any() noexcept { return Ip(); }
  static constexpr Ip v6_loopback() noexcept {
    Ip ip;
    ip.bytes_[15] = 1;
    return ip;
  }
  static constexpr Ip v4_any() noexcept { return v4(0, 0, 0, 0); }
  static constexpr Ip v4_loopback() noexcept { return v4(127, 0, 0, 1); }
  // None for a name.
  static std::optional<Ip> from(const everysock::Host& host) noexcept;

  const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }
  // As an address of the family it is one of: "10.0.0.1" or "fd00::1".
  everysock::Host plain() const noexcept;
  // As an IPv6 address, also where it is IPv4: "::ffff:10.0.0.1".
  everysock::Host mapped() const noexcept;

  bool is_v4() const noexcept;
  bool is_any() const noexcept;  // either wildcard
  bool is_loopback() const noexcept;
  bool is_multicast() const noexcept;
  bool is_link_local() const noexcept;  // fe80::/10
  bool needs_scope() const noexcept;    // IPv6, and the same on every link: also multicast of one link or interface
  bool is_limited_broadcast() const noexcept;  // 255.255.255.255
  // Whether the first `bits` of the two (of 32 for IPv4) are the same.
  bool shares_prefix(const Ip& other, int bits) const noexcept;
  // The last address of the network of `bits`: the broadcast address in IPv4.
  Ip last_of_network(int bits) const noexcept;

  friend constexpr auto operator<=>(const Ip&, const Ip&) noexcept = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

// An address on an interface, with the length of its network's prefix.
struct InterfaceAddress {
  Ip ip;
  int prefix = 0;
  std::uint32_t interface_index = 0;
};

// An address and a port; the scope is an interface index, for link-local addresses.
struct Endpoint {
  Ip ip;
  std::uint16_t port = 0;
  std::uint32_t scope = 0;

  friend bool operator==(const Endpoint&, const Endpoint&) noexcept = default;
};

// "10.0.0.1/8" or "fd00::1"; without a prefix length it is 24 for IPv4 and 64 for IPv6.
std::optional<InterfaceAddress> parse_interface_address(std::string_view text);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_IP_H_
