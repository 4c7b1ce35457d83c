// AF_*, PF_*: address families. address_families(7).
// Using one that the system lacks gives EAFNOSUPPORT.
#ifndef EVERYSOCK_CONSTANTS_ADDRESS_FAMILY_H_
#define EVERYSOCK_CONSTANTS_ADDRESS_FAMILY_H_

#include "everysock/constant.h"

namespace everysock {

inline constexpr AddressFamily af_unspec{0};
inline constexpr AddressFamily af_unix{1};
inline constexpr AddressFamily af_inet{2};
inline constexpr AddressFamily af_ax25{3};
inline constexpr AddressFamily af_ipx{4};
inline constexpr AddressFamily af_appletalk{5};
inline constexpr AddressFamily af_netrom{6};
inline constexpr AddressFamily af_bridge{7};
inline constexpr AddressFamily af_atmpvc{8};
inline constexpr AddressFamily af_x25{9};
inline constexpr AddressFamily af_inet6{10};
inline constexpr AddressFamily af_rose{11};
inline constexpr AddressFamily af_decnet{12};
inline constexpr AddressFamily af_netbeui{13};
inline constexpr AddressFamily af_security{14};
inline constexpr AddressFamily af_key{15};
inline constexpr AddressFamily af_netlink{16};
inline constexpr AddressFamily af_route{16};
inline constexpr AddressFamily af_packet{17};
inline constexpr AddressFamily af_ash{18};
inline constexpr AddressFamily af_econet{19};
inline constexpr AddressFamily af_atmsvc{20};
inline constexpr AddressFamily af_rds{21};
inline constexpr AddressFamily af_sna{22};
inline constexpr AddressFamily af_irda{23};
inline constexpr AddressFamily af_pppox{24};
inline constexpr AddressFamily af_wanpipe{25};
inline constexpr AddressFamily af_llc{26};
inline constexpr AddressFamily af_can{29};
inline constexpr AddressFamily af_tipc{30};
inline constexpr AddressFamily af_bluetooth{31};
inline constexpr AddressFamily af_alg{38};
inline constexpr AddressFamily af_vsock{40};
inline constexpr AddressFamily af_qipcrtr{42};

// Families of other systems; the numbers are this library's own.
inline constexpr AddressFamily af_aal5{0x10001};
inline constexpr AddressFamily af_link{0x10012};
inline constexpr AddressFamily af_system{0x10020};
inline constexpr AddressFamily af_hyperv{0x10022};
inline constexpr AddressFamily af_divert{0x1002c};

// The protocol families that the documentation names: the same numbers.
inline constexpr AddressFamily pf_can = af_can;
inline constexpr AddressFamily pf_divert = af_divert;
inline constexpr AddressFamily pf_packet = af_packet;
inline constexpr AddressFamily pf_rds = af_rds;
inline constexpr AddressFamily pf_system = af_system;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_ADDRESS_FAMILY_H_
