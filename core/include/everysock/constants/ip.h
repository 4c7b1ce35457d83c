// IP_*: options of ipproto_ip, ip(7); INADDR_*: IPv4 addresses in host order; IPPORT_*.
// Using an option that the system lacks gives ENOPROTOOPT.
#ifndef EVERYSOCK_CONSTANTS_IP_H_
#define EVERYSOCK_CONSTANTS_IP_H_

#include <cstdint>

#include "everysock/constant.h"
#include "everysock/constants/socket_option.h"

namespace everysock {

inline constexpr Option ip_tos{sol_ip, 1};
inline constexpr Option ip_ttl{sol_ip, 2};
inline constexpr Option ip_hdrincl{sol_ip, 3};
inline constexpr Option ip_options{sol_ip, 4};
inline constexpr Option ip_recvopts{sol_ip, 6};
inline constexpr Option ip_recvretopts{sol_ip, 7};
inline constexpr Option ip_retopts{sol_ip, 7};
inline constexpr Option ip_pktinfo{sol_ip, 8};
inline constexpr Option ip_recverr{sol_ip, 11};
inline constexpr Option ip_recvttl{sol_ip, 12};
inline constexpr Option ip_recvtos{sol_ip, 13};
inline constexpr Option ip_freebind{sol_ip, 15};
inline constexpr Option ip_transparent{sol_ip, 19};
inline constexpr Option ip_recvorigdstaddr{sol_ip, 20};
inline constexpr Option ip_bind_address_no_port{sol_ip, 24};
inline constexpr Option ip_multicast_if{sol_ip, 32};
inline constexpr Option ip_multicast_ttl{sol_ip, 33};
inline constexpr Option ip_multicast_loop{sol_ip, 34};
inline constexpr Option ip_add_membership{sol_ip, 35};
inline constexpr Option ip_drop_membership{sol_ip, 36};
inline constexpr Option ip_unblock_source{sol_ip, 37};
inline constexpr Option ip_block_source{sol_ip, 38};
inline constexpr Option ip_add_source_membership{sol_ip, 39};
inline constexpr Option ip_drop_source_membership{sol_ip, 40};

// Of BSD, macOS and Windows.
inline constexpr Option ip_recvdstaddr{sol_ip, 0x10007};

// Defaults and limits.
inline constexpr int ip_default_multicast_ttl = 1;
inline constexpr int ip_default_multicast_loop = 1;
inline constexpr int ip_max_memberships = 20;

// Addresses.
inline constexpr std::uint32_t inaddr_any = 0x00000000;
inline constexpr std::uint32_t inaddr_loopback = 0x7f000001;
inline constexpr std::uint32_t inaddr_broadcast = 0xffffffff;
inline constexpr std::uint32_t inaddr_none = 0xffffffff;
inline constexpr std::uint32_t inaddr_unspec_group = 0xe0000000;
inline constexpr std::uint32_t inaddr_allhosts_group = 0xe0000001;
inline constexpr std::uint32_t inaddr_max_local_group = 0xe00000ff;

// Ports below ipport_reserved are the superuser's; from ipport_userreserved on they are for servers of users.
inline constexpr int ipport_reserved = 1024;
inline constexpr int ipport_userreserved = 5000;

// Of sol_ipx: the packet type, ipx(7).
inline constexpr Option ipx_type{sol_ipx, 1};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_IP_H_
