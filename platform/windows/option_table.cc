// Options, and the control messages that are numbered after them.
#include "platform/constant_rows.h"
#include "platform/windows/constant_tables.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::platform {
namespace {

constexpr Row<Option> kOptions[] = {
    {so_debug, SO_DEBUG},
    {so_acceptconn, SO_ACCEPTCONN},
    {so_reuseaddr, SO_REUSEADDR},
    {so_exclusiveaddruse, SO_EXCLUSIVEADDRUSE},
    {so_keepalive, SO_KEEPALIVE},
    {so_dontroute, SO_DONTROUTE},
    {so_broadcast, SO_BROADCAST},
    {so_useloopback, SO_USELOOPBACK},
    {so_linger, SO_LINGER},
    {so_oobinline, SO_OOBINLINE},
    {so_sndbuf, SO_SNDBUF},
    {so_rcvbuf, SO_RCVBUF},
    {so_sndtimeo, SO_SNDTIMEO},
    {so_rcvtimeo, SO_RCVTIMEO},
    {so_error, SO_ERROR},
    {so_type, SO_TYPE},
    {ip_options, IP_OPTIONS},
    {ip_hdrincl, IP_HDRINCL},
    {ip_tos, IP_TOS},
    {ip_ttl, IP_TTL},
    {ip_multicast_if, IP_MULTICAST_IF},
    {ip_multicast_ttl, IP_MULTICAST_TTL},
    {ip_multicast_loop, IP_MULTICAST_LOOP},
    {ip_add_membership, IP_ADD_MEMBERSHIP},
    {ip_drop_membership, IP_DROP_MEMBERSHIP},
    {ip_add_source_membership, IP_ADD_SOURCE_MEMBERSHIP},
    {ip_drop_source_membership, IP_DROP_SOURCE_MEMBERSHIP},
    {ip_block_source, IP_BLOCK_SOURCE},
    {ip_unblock_source, IP_UNBLOCK_SOURCE},
    {ip_pktinfo, IP_PKTINFO},
    {ip_recvttl, IP_RECVTTL},
    {ip_recvtos, IP_RECVTOS},
    {ip_recvdstaddr, IP_RECVDSTADDR},
    {ipv6_hopopts, IPV6_HOPOPTS},
    {ipv6_unicast_hops, IPV6_UNICAST_HOPS},
    {ipv6_multicast_if, IPV6_MULTICAST_IF},
    {ipv6_multicast_hops, IPV6_MULTICAST_HOPS},
    {ipv6_multicast_loop, IPV6_MULTICAST_LOOP},
    {ipv6_join_group, IPV6_JOIN_GROUP},
    {ipv6_leave_group, IPV6_LEAVE_GROUP},
    {ipv6_dontfrag, IPV6_DONTFRAG},
    // One option here: what is received, and what is sent with every datagram.
    {ipv6_recvpktinfo, IPV6_PKTINFO},
    {ipv6_pktinfo, IPV6_PKTINFO},
    {ipv6_recvhoplimit, IPV6_HOPLIMIT},
    {ipv6_hoplimit, IPV6_HOPLIMIT},
    {ipv6_checksum, IPV6_CHECKSUM},
    {ipv6_v6only, IPV6_V6ONLY},
    {ipv6_rthdr, IPV6_RTHDR},
    {ipv6_recvrthdr, IPV6_RECVRTHDR},
    {ipv6_tclass, IPV6_TCLASS},
    {ipv6_recvtclass, IPV6_RECVTCLASS},
    {tcp_nodelay, TCP_NODELAY},
    {tcp_maxseg, TCP_MAXSEG},
    {tcp_keepidle, TCP_KEEPIDLE},
    {tcp_keepintvl, TCP_KEEPINTVL},
    {tcp_keepcnt, TCP_KEEPCNT},
    {tcp_fastopen, TCP_FASTOPEN},
    // ws2bth.h
    {so_bth_encrypt, 0x00000002},
    {so_bth_mtu, static_cast<int>(0x80000007)},
    {so_bth_mtu_max, static_cast<int>(0x80000008)},
    {so_bth_mtu_min, static_cast<int>(0x8000000a)},
    // hvsocket.h
    {hvsocket_connect_timeout, 0x01},
    {hvsocket_connected_suspend, 0x04},
};

struct ControlRow {
  int level;
  ControlType portable;
  int native;
};

constexpr ControlRow kControlTypes[] = {
    {IPPROTO_IP, ip_pktinfo, IP_PKTINFO},
    {IPPROTO_IP, ip_ttl, IP_TTL},
    {IPPROTO_IP, ip_ttl, IP_HOPLIMIT},  // the number of the option that asks for it; either may come
    {IPPROTO_IP, ip_tos, IP_TOS},
    {IPPROTO_IP, ip_tos, IP_TCLASS},
    {IPPROTO_IPV6, ipv6_pktinfo, IPV6_PKTINFO},
    {IPPROTO_IPV6, ipv6_hoplimit, IPV6_HOPLIMIT},
    {IPPROTO_IPV6, ipv6_tclass, IPV6_TCLASS},
};

}  // namespace

std::optional<int> native_option(Option option) noexcept { return native_of(kOptions, option); }

std::optional<int> native_control_type(OptionLevel level, ControlType type) noexcept {
  if (type.is_native() || level.is_native()) return static_cast<int>(type.value());
  for (const ControlRow& row : kControlTypes) {
    if (portable_level(row.level) == level && row.portable == type) return row.native;
  }
  return std::nullopt;
}

ControlType portable_control_type(int level, int type) noexcept {
  for (const ControlRow& row : kControlTypes) {
    if (row.level == level && row.native == type) return row.portable;
  }
  return ControlType(ControlType::native(static_cast<std::uint32_t>(type)));
}

}  // namespace everysock::platform
