// The address of a Bluetooth device.
#ifndef EVERYSOCK_ADDRESSES_BD_ADDR_H_
#define EVERYSOCK_ADDRESSES_BD_ADDR_H_

#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace everysock {

// Six octets, made from the documented text: six two-digit hexadecimal octets, "12:23:34:45:56:67" in either case.
// Text that is none of the kind can be put in, but is only remembered as malformed: the call that is given it refuses
// it (UsageErrc::bluetooth_address).
class BdAddr {
 public:
  // In the order in which they are written.
  using Octets = std::array<std::uint8_t, 6>;

  constexpr BdAddr() noexcept = default;  // bdaddr_any, "00:00:00:00:00:00"
  constexpr explicit BdAddr(const Octets& octets) noexcept : octets_(octets) {}
  BdAddr(std::string_view text) noexcept;
  BdAddr(const char* text) noexcept : BdAddr(std::string_view(text)) {}
  BdAddr(const std::string& text) noexcept : BdAddr(std::string_view(text)) {}

  constexpr bool malformed() const noexcept { return malformed_; }
  constexpr const Octets& octets() const noexcept { return octets_; }
  // Upper-case, as it is returned by getsockname() and its like.
  std::string str() const;

  // Addresses compare as addresses; malformed ones equal nothing but each other.
  friend constexpr bool operator==(const BdAddr&, const BdAddr&) noexcept = default;
  friend bool operator==(const BdAddr& a, std::string_view b) noexcept { return a == BdAddr(b); }
  friend bool operator==(const BdAddr& a, const char* b) noexcept { return a == BdAddr(b); }
  friend bool operator==(const BdAddr& a, const std::string& b) noexcept { return a == BdAddr(b); }
  friend std::ostream& operator<<(std::ostream& out, const BdAddr& address) { return out << address.str(); }

 private:
  Octets octets_{};
  bool malformed_ = false;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_BD_ADDR_H_
