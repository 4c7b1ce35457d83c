// IPV6_*: options of ipproto_ipv6 and, by the same numbers, its control messages. ipv6(7), RFC 3493, RFC 3542.
// Using one that the system lacks gives ENOPROTOOPT.
#ifndef EVERYSOCK_CONSTANTS_IPV6_H_
#define EVERYSOCK_CONSTANTS_IPV6_H_

#include "everysock/constant.h"
#include "everysock/constants/socket_option.h"

namespace everysock {

// Those without RECV in their names are control messages as well: ControlMessage{ipproto_ipv6, ipv6_pktinfo, ...}.
inline constexpr Option ipv6_checksum{sol_ipv6, 7};
inline constexpr Option ipv6_nexthop{sol_ipv6, 9};
inline constexpr Option ipv6_unicast_hops{sol_ipv6, 16};
inline constexpr Option ipv6_multicast_if{sol_ipv6, 17};
inline constexpr Option ipv6_multicast_hops{sol_ipv6, 18};
inline constexpr Option ipv6_multicast_loop{sol_ipv6, 19};
inline constexpr Option ipv6_join_group{sol_ipv6, 20};
inline constexpr Option ipv6_leave_group{sol_ipv6, 21};
inline constexpr Option ipv6_recverr{sol_ipv6, 25};
inline constexpr Option ipv6_v6only{sol_ipv6, 26};
inline constexpr Option ipv6_recvpktinfo{sol_ipv6, 49};
inline constexpr Option ipv6_pktinfo{sol_ipv6, 50};
inline constexpr Option ipv6_recvhoplimit{sol_ipv6, 51};
inline constexpr Option ipv6_hoplimit{sol_ipv6, 52};
inline constexpr Option ipv6_recvhopopts{sol_ipv6, 53};
inline constexpr Option ipv6_hopopts{sol_ipv6, 54};
inline constexpr Option ipv6_rthdrdstopts{sol_ipv6, 55};
inline constexpr Option ipv6_recvrthdr{sol_ipv6, 56};
inline constexpr Option ipv6_rthdr{sol_ipv6, 57};
inline constexpr Option ipv6_recvdstopts{sol_ipv6, 58};
inline constexpr Option ipv6_dstopts{sol_ipv6, 59};
inline constexpr Option ipv6_recvpathmtu{sol_ipv6, 60};
inline constexpr Option ipv6_pathmtu{sol_ipv6, 61};
inline constexpr Option ipv6_dontfrag{sol_ipv6, 62};
inline constexpr Option ipv6_recvtclass{sol_ipv6, 66};
inline constexpr Option ipv6_tclass{sol_ipv6, 67};

// Of BSD and macOS.
inline constexpr Option ipv6_use_min_mtu{sol_ipv6, 0x1002a};

// The only type of routing header that RFC 3542 names.
inline constexpr int ipv6_rthdr_type_0 = 0;

// Whether the library knows IPv6. It does; whether the machine at hand does shows when it is used.
inline constexpr bool has_ipv6 = true;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_IPV6_H_
