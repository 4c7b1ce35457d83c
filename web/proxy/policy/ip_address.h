// An IP address as the policy sees it: the address that a packet would really be sent to.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_IP_ADDRESS_H_
#define EVERYSOCK_WEB_PROXY_POLICY_IP_ADDRESS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "everysock/address.h"
#include "everysock/host.h"

namespace everysock::proxy {

// One machine can be written in many ways (::ffff:127.0.0.1, 64:ff9b::7f00:1, 2002:7f00:1::, 0.0.0.0), and a rule about
// 127.0.0.1 has to hold for all of them. Source: RFC 4291 2.5.5, RFC 6052, RFC 3056.
class IpAddress {
 public:
  // The address itself: only ::ffff:a.b.c.d becomes a.b.c.d, which is what the system makes of it, too.
  static std::optional<IpAddress> literal(const Host& host);
  // The address that connecting to `host` reaches: NAT64 (64:ff9b::/96), 6to4 (2002::/16) and IPv4-compatible
  // (::a.b.c.d) forms become the IPv4 address inside, 0.0.0.0 and :: become the loopback address.
  static std::optional<IpAddress> destination(const Host& host);

  bool is_ipv4() const noexcept { return size_ == 4; }
  // Network order, 4 or 16 bytes.
  std::span<const std::uint8_t> bytes() const noexcept { return {bytes_.data(), size_}; }
  // Written inside an IPv6 address (NAT64, 6to4), which only a translator on the way undoes.
  bool translated() const noexcept { return translated_; }

  bool is_loopback() const noexcept;
  bool is_unspecified() const noexcept;
  bool is_link_local() const noexcept;
  bool is_multicast() const noexcept;
  // RFC 1918, RFC 6598 and unique local addresses.
  bool is_private() const noexcept;

  std::string str() const;
  friend bool operator==(const IpAddress& a, const IpAddress& b) noexcept {
    return a.size_ == b.size_ && a.bytes_ == b.bytes_;
  }

 private:
  explicit IpAddress(std::span<const std::uint8_t> bytes, bool translated = false) noexcept;

  std::array<std::uint8_t, 16> bytes_{};
  std::uint8_t size_;
  bool translated_;
};

// Where an Internet address of either form points to; nothing for other families and for names.
struct IpEndpoint {
  Host host;
  std::uint16_t port;
};
std::optional<IpEndpoint> ip_endpoint(const Address& address);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_IP_ADDRESS_H_
