// Addresses of AF_INET and AF_INET6. Families whose addresses are (host, port) as well take InetAddress: AF_RDS, and
// AF_DIVERT of FreeBSD, where the port is the divert port.
//
// Source: Python documentation, "Socket families" (spec rows family/AF_INET*, family/AF_RDS, family/AF_DIVERT); ip(7),
// ipv6(7), rds(7).
#ifndef EVERYSOCK_ADDRESSES_INET_H_
#define EVERYSOCK_ADDRESSES_INET_H_

#include <cstdint>

#include "everysock/host.h"

namespace everysock {

// AF_INET. Host "" is INADDR_ANY, "<broadcast>" is INADDR_BROADCAST. Ports outside 0-65535 are refused by the call
// that is given them (UsageErrc::port_out_of_range); ports returned are always in range.
struct InetAddress {
  Host host;
  std::int32_t port = 0;

  friend bool operator==(const InetAddress&, const InetAddress&) = default;
};

// AF_INET6. flowinfo is in host order, at most 0xfffff; scope_id is an interface index, meaningful for link-local and
// multicast hosts. A zone in the host text ("fe80::1%eth0") is resolved into scope_id. Returned hosts never carry one.
struct Inet6Address {
  Host host;
  std::int32_t port = 0;
  std::uint32_t flowinfo = 0;
  std::uint32_t scope_id = 0;

  friend bool operator==(const Inet6Address&, const Inet6Address&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_INET_H_
