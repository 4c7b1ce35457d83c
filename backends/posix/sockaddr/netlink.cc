// AF_NETLINK: netlink(7).
#include "backends/posix/sockaddr/families.h"

#ifdef AF_NETLINK
#include <linux/netlink.h>

namespace everysock::posix {

Errc encode(const NetlinkAddress& address, NativeAddress& native, int) noexcept {
  auto& netlink = emplace<sockaddr_nl>(native, AF_NETLINK);
  netlink.nl_pid = address.pid;
  netlink.nl_groups = address.groups;
  return Errc::ok;
}

Address decode_netlink(const NativeAddress& native) {
  const auto netlink = view<sockaddr_nl>(native, sizeof(sockaddr_nl));
  if (!netlink) return opaque(native);
  return NetlinkAddress{netlink->nl_pid, netlink->nl_groups};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const NetlinkAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
