// IPPROTO_*: protocols of the Internet families, and levels of their options. protocols(5).
// Using one that the system lacks gives EPROTONOSUPPORT. Protocols of other families stand with their families.
#ifndef EVERYSOCK_CONSTANTS_PROTOCOL_H_
#define EVERYSOCK_CONSTANTS_PROTOCOL_H_

#include "everysock/constant.h"

namespace everysock {

inline constexpr Protocol ipproto_hopopts{0};
inline constexpr Protocol ipproto_ip{0};
inline constexpr Protocol ipproto_icmp{1};
inline constexpr Protocol ipproto_igmp{2};
inline constexpr Protocol ipproto_ipip{4};
inline constexpr Protocol ipproto_tcp{6};
inline constexpr Protocol ipproto_egp{8};
inline constexpr Protocol ipproto_pup{12};
inline constexpr Protocol ipproto_udp{17};
inline constexpr Protocol ipproto_idp{22};
inline constexpr Protocol ipproto_tp{29};
inline constexpr Protocol ipproto_ipv6{41};
inline constexpr Protocol ipproto_routing{43};
inline constexpr Protocol ipproto_fragment{44};
inline constexpr Protocol ipproto_rsvp{46};
inline constexpr Protocol ipproto_gre{47};
inline constexpr Protocol ipproto_esp{50};
inline constexpr Protocol ipproto_ah{51};
inline constexpr Protocol ipproto_icmpv6{58};
inline constexpr Protocol ipproto_none{59};
inline constexpr Protocol ipproto_dstopts{60};
inline constexpr Protocol ipproto_pim{103};
inline constexpr Protocol ipproto_sctp{132};
inline constexpr Protocol ipproto_udplite{136};
inline constexpr Protocol ipproto_raw{255};
inline constexpr Protocol ipproto_mptcp{262};

// Protocols that no Linux header names: 0x10000 and their number.
inline constexpr Protocol ipproto_ggp{0x10003};
inline constexpr Protocol ipproto_ipv4{0x10004};
inline constexpr Protocol ipproto_st{0x10005};
inline constexpr Protocol ipproto_cbt{0x10007};
inline constexpr Protocol ipproto_rdp{0x1001b};
inline constexpr Protocol ipproto_xtp{0x10024};
inline constexpr Protocol ipproto_bip{0x10035};
inline constexpr Protocol ipproto_mobile{0x10037};
inline constexpr Protocol ipproto_hello{0x1003f};
inline constexpr Protocol ipproto_nd{0x1004d};
inline constexpr Protocol ipproto_iclfxbm{0x1004e};
inline constexpr Protocol ipproto_eon{0x10050};
inline constexpr Protocol ipproto_igp{0x10055};
inline constexpr Protocol ipproto_ipcomp{0x1006c};
inline constexpr Protocol ipproto_vrrp{0x10070};
inline constexpr Protocol ipproto_pgm{0x10071};
inline constexpr Protocol ipproto_l2tp{0x10073};

// One more than the largest.
inline constexpr int ipproto_max = 263;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_PROTOCOL_H_
