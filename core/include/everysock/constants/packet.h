// AF_PACKET: frames of network interfaces, packet(7); Ethernet protocol numbers in host order; AF_NETLINK protocols,
// netlink(7). Linux.
#ifndef EVERYSOCK_CONSTANTS_PACKET_H_
#define EVERYSOCK_CONSTANTS_PACKET_H_

#include <cstdint>

#include "everysock/constant.h"

namespace everysock {

// Where a frame was going.
inline constexpr PacketType packet_host{0};
inline constexpr PacketType packet_broadcast{1};
inline constexpr PacketType packet_multicast{2};
inline constexpr PacketType packet_otherhost{3};
inline constexpr PacketType packet_outgoing{4};
inline constexpr PacketType packet_loopback{5};
inline constexpr PacketType packet_fastroute{6};

// Protocols of frames.
inline constexpr std::uint16_t eth_p_all = 0x0003;
inline constexpr std::uint16_t ethertype_ip = 0x0800;
inline constexpr std::uint16_t ethertype_arp = 0x0806;
inline constexpr std::uint16_t ethertype_vlan = 0x8100;
inline constexpr std::uint16_t ethertype_ipv6 = 0x86dd;

// Protocols of AF_NETLINK; the numbers from 0x10000 on are of headers that are gone.
inline constexpr Protocol netlink_route{0};
inline constexpr Protocol netlink_usersock{2};
inline constexpr Protocol netlink_firewall{3};
inline constexpr Protocol netlink_nflog{5};
inline constexpr Protocol netlink_xfrm{6};
inline constexpr Protocol netlink_ip6_fw{13};
inline constexpr Protocol netlink_dnrtmsg{14};
inline constexpr Protocol netlink_crypto{21};
inline constexpr Protocol netlink_skip{0x10001};
inline constexpr Protocol netlink_w1{0x10002};
inline constexpr Protocol netlink_tcpdiag{0x10004};
inline constexpr Protocol netlink_arpd{0x10008};
inline constexpr Protocol netlink_route6{0x1000b};
inline constexpr Protocol netlink_tapbase{0x10010};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_PACKET_H_
