// Addresses of AF_NETLINK. Linux.
//
// Source: Python documentation, "Socket families" (spec row family/AF_NETLINK); netlink(7).
#ifndef EVERYSOCK_ADDRESSES_NETLINK_H_
#define EVERYSOCK_ADDRESSES_NETLINK_H_

#include <cstdint>

namespace everysock {

// A port (0: the kernel; to bind(): "choose a free one") and a mask of multicast groups.
struct NetlinkAddress {
  std::uint32_t pid = 0;
  std::uint32_t groups = 0;

  friend bool operator==(const NetlinkAddress&, const NetlinkAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_NETLINK_H_
