#include "platform/posix/constant_tables.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cstdint>

namespace everysock::platform {
namespace {

template <typename T>
struct Row {
  T portable;
  int native;
};

constexpr Row<AddressFamily> kFamilies[] = {
#ifdef AF_UNSPEC
    {af_unspec, AF_UNSPEC},
#endif
#ifdef AF_UNIX
    {af_unix, AF_UNIX},
#endif
#ifdef AF_INET
    {af_inet, AF_INET},
#endif
#ifdef AF_INET6
    {af_inet6, AF_INET6},
#endif
};

constexpr Row<SocketKind> kKinds[] = {
#ifdef SOCK_STREAM
    {sock_stream, SOCK_STREAM},
#endif
#ifdef SOCK_DGRAM
    {sock_dgram, SOCK_DGRAM},
#endif
#ifdef SOCK_RAW
    {sock_raw, SOCK_RAW},
#endif
#ifdef SOCK_RDM
    {sock_rdm, SOCK_RDM},
#endif
#ifdef SOCK_SEQPACKET
    {sock_seqpacket, SOCK_SEQPACKET},
#endif
};

constexpr Row<Option> kOptions[] = {
#ifdef SO_DEBUG
    {so_debug, SO_DEBUG},
#endif
#ifdef SO_REUSEADDR
    {so_reuseaddr, SO_REUSEADDR},
#endif
#ifdef SO_TYPE
    {so_type, SO_TYPE},
#endif
#ifdef SO_ERROR
    {so_error, SO_ERROR},
#endif
#ifdef SO_DONTROUTE
    {so_dontroute, SO_DONTROUTE},
#endif
#ifdef SO_BROADCAST
    {so_broadcast, SO_BROADCAST},
#endif
#ifdef SO_SNDBUF
    {so_sndbuf, SO_SNDBUF},
#endif
#ifdef SO_RCVBUF
    {so_rcvbuf, SO_RCVBUF},
#endif
#ifdef SO_KEEPALIVE
    {so_keepalive, SO_KEEPALIVE},
#endif
#ifdef SO_OOBINLINE
    {so_oobinline, SO_OOBINLINE},
#endif
#ifdef SO_PRIORITY
    {so_priority, SO_PRIORITY},
#endif
#ifdef SO_LINGER
    {so_linger, SO_LINGER},
#endif
#ifdef SO_REUSEPORT
    {so_reuseport, SO_REUSEPORT},
#endif
#ifdef SO_PASSCRED
    {so_passcred, SO_PASSCRED},
#endif
#ifdef SO_PEERCRED
    {so_peercred, SO_PEERCRED},
#endif
#ifdef SO_RCVLOWAT
    {so_rcvlowat, SO_RCVLOWAT},
#endif
#ifdef SO_SNDLOWAT
    {so_sndlowat, SO_SNDLOWAT},
#endif
#ifdef SO_RCVTIMEO
    {so_rcvtimeo, SO_RCVTIMEO},
#endif
#ifdef SO_SNDTIMEO
    {so_sndtimeo, SO_SNDTIMEO},
#endif
#ifdef SO_BINDTODEVICE
    {so_bindtodevice, SO_BINDTODEVICE},
#endif
#ifdef SO_ACCEPTCONN
    {so_acceptconn, SO_ACCEPTCONN},
#endif
#ifdef SO_MARK
    {so_mark, SO_MARK},
#endif
#ifdef SO_PROTOCOL
    {so_protocol, SO_PROTOCOL},
#endif
#ifdef SO_DOMAIN
    {so_domain, SO_DOMAIN},
#endif
#ifdef SO_INCOMING_CPU
    {so_incoming_cpu, SO_INCOMING_CPU},
#endif
#ifdef IP_TOS
    {ip_tos, IP_TOS},
#endif
#ifdef IP_TTL
    {ip_ttl, IP_TTL},
#endif
#ifdef IP_MULTICAST_IF
    {ip_multicast_if, IP_MULTICAST_IF},
#endif
#ifdef IP_MULTICAST_TTL
    {ip_multicast_ttl, IP_MULTICAST_TTL},
#endif
#ifdef IP_MULTICAST_LOOP
    {ip_multicast_loop, IP_MULTICAST_LOOP},
#endif
#ifdef IP_ADD_MEMBERSHIP
    {ip_add_membership, IP_ADD_MEMBERSHIP},
#endif
#ifdef IP_DROP_MEMBERSHIP
    {ip_drop_membership, IP_DROP_MEMBERSHIP},
#endif
#ifdef IPV6_UNICAST_HOPS
    {ipv6_unicast_hops, IPV6_UNICAST_HOPS},
#endif
#ifdef IPV6_MULTICAST_IF
    {ipv6_multicast_if, IPV6_MULTICAST_IF},
#endif
#ifdef IPV6_MULTICAST_HOPS
    {ipv6_multicast_hops, IPV6_MULTICAST_HOPS},
#endif
#ifdef IPV6_MULTICAST_LOOP
    {ipv6_multicast_loop, IPV6_MULTICAST_LOOP},
#endif
#ifdef IPV6_JOIN_GROUP
    {ipv6_join_group, IPV6_JOIN_GROUP},
#endif
#ifdef IPV6_LEAVE_GROUP
    {ipv6_leave_group, IPV6_LEAVE_GROUP},
#endif
#ifdef IPV6_V6ONLY
    {ipv6_v6only, IPV6_V6ONLY},
#endif
#ifdef IPV6_TCLASS
    {ipv6_tclass, IPV6_TCLASS},
#endif
#ifdef TCP_NODELAY
    {tcp_nodelay, TCP_NODELAY},
#endif
#ifdef TCP_MAXSEG
    {tcp_maxseg, TCP_MAXSEG},
#endif
#ifdef TCP_CORK
    {tcp_cork, TCP_CORK},
#endif
#ifdef TCP_KEEPIDLE
    {tcp_keepidle, TCP_KEEPIDLE},
#endif
#ifdef TCP_KEEPINTVL
    {tcp_keepintvl, TCP_KEEPINTVL},
#endif
#ifdef TCP_KEEPCNT
    {tcp_keepcnt, TCP_KEEPCNT},
#endif
#ifdef TCP_SYNCNT
    {tcp_syncnt, TCP_SYNCNT},
#endif
#ifdef TCP_DEFER_ACCEPT
    {tcp_defer_accept, TCP_DEFER_ACCEPT},
#endif
#ifdef TCP_INFO
    {tcp_info, TCP_INFO},
#endif
#ifdef TCP_QUICKACK
    {tcp_quickack, TCP_QUICKACK},
#endif
#ifdef TCP_CONGESTION
    {tcp_congestion, TCP_CONGESTION},
#endif
#ifdef TCP_USER_TIMEOUT
    {tcp_user_timeout, TCP_USER_TIMEOUT},
#endif
#ifdef TCP_FASTOPEN
    {tcp_fastopen, TCP_FASTOPEN},
#endif
};

constexpr Row<MessageFlags> kMessageFlags[] = {
#ifdef MSG_OOB
    {msg_oob, MSG_OOB},
#endif
#ifdef MSG_PEEK
    {msg_peek, MSG_PEEK},
#endif
#ifdef MSG_DONTROUTE
    {msg_dontroute, MSG_DONTROUTE},
#endif
#ifdef MSG_CTRUNC
    {msg_ctrunc, MSG_CTRUNC},
#endif
#ifdef MSG_TRUNC
    {msg_trunc, MSG_TRUNC},
#endif
#ifdef MSG_DONTWAIT
    {msg_dontwait, MSG_DONTWAIT},
#endif
#ifdef MSG_EOR
    {msg_eor, MSG_EOR},
#endif
#ifdef MSG_WAITALL
    {msg_waitall, MSG_WAITALL},
#endif
#ifdef MSG_CONFIRM
    {msg_confirm, MSG_CONFIRM},
#endif
#ifdef MSG_ERRQUEUE
    {msg_errqueue, MSG_ERRQUEUE},
#endif
#ifdef MSG_NOSIGNAL
    {msg_nosignal, MSG_NOSIGNAL},
#endif
#ifdef MSG_MORE
    {msg_more, MSG_MORE},
#endif
#ifdef MSG_FASTOPEN
    {msg_fastopen, MSG_FASTOPEN},
#endif
#ifdef MSG_CMSG_CLOEXEC
    {msg_cmsg_cloexec, MSG_CMSG_CLOEXEC},
#endif
};

constexpr Row<AddressInfoFlags> kAddressInfoFlags[] = {
#ifdef AI_PASSIVE
    {ai_passive, AI_PASSIVE},
#endif
#ifdef AI_CANONNAME
    {ai_canonname, AI_CANONNAME},
#endif
#ifdef AI_NUMERICHOST
    {ai_numerichost, AI_NUMERICHOST},
#endif
#ifdef AI_V4MAPPED
    {ai_v4mapped, AI_V4MAPPED},
#endif
#ifdef AI_ALL
    {ai_all, AI_ALL},
#endif
#ifdef AI_ADDRCONFIG
    {ai_addrconfig, AI_ADDRCONFIG},
#endif
#ifdef AI_NUMERICSERV
    {ai_numericserv, AI_NUMERICSERV},
#endif
};

constexpr Row<NameInfoFlags> kNameInfoFlags[] = {
#ifdef NI_NUMERICHOST
    {ni_numerichost, NI_NUMERICHOST},
#endif
#ifdef NI_NUMERICSERV
    {ni_numericserv, NI_NUMERICSERV},
#endif
#ifdef NI_NOFQDN
    {ni_nofqdn, NI_NOFQDN},
#endif
#ifdef NI_NAMEREQD
    {ni_namereqd, NI_NAMEREQD},
#endif
#ifdef NI_DGRAM
    {ni_dgram, NI_DGRAM},
#endif
};

template <typename T, std::size_t N>
std::optional<int> native_of(const Row<T> (&rows)[N], T portable) noexcept {
  if (portable.is_native()) return static_cast<int>(portable.value());
  for (const Row<T>& row : rows) {
    if (row.portable == portable) return row.native;
  }
  return std::nullopt;
}

template <typename T, std::size_t N>
T portable_of(const Row<T> (&rows)[N], int native) noexcept {
  for (const Row<T>& row : rows) {
    if (row.native == native) return row.portable;
  }
  return T::native(static_cast<std::uint32_t>(native));
}

template <typename T, std::size_t N>
std::optional<int> native_bits(const Row<T> (&rows)[N], T portable) noexcept {
  int native = 0;
  for (const Row<T>& row : rows) {
    if (!portable.has(row.portable)) continue;
    native |= row.native;
    portable &= ~row.portable;
  }
  return portable ? std::nullopt : std::optional(native);
}

}  // namespace

std::optional<int> native_family(AddressFamily family) noexcept { return native_of(kFamilies, family); }
AddressFamily portable_family(int family) noexcept { return portable_of(kFamilies, family); }

std::optional<int> native_kind(SocketKind kind) noexcept { return native_of(kKinds, kind.without_flags()); }
SocketKind portable_kind(int kind) noexcept { return portable_of(kKinds, kind); }

// Levels other than SOL_SOCKET are protocol numbers, the same everywhere.
std::optional<int> native_level(OptionLevel level) noexcept {
  return level == sol_socket ? SOL_SOCKET : static_cast<int>(level.value());
}
OptionLevel portable_level(int level) noexcept {
  return level == SOL_SOCKET ? sol_socket : OptionLevel(static_cast<std::uint32_t>(level));
}

std::optional<int> native_option(Option option) noexcept { return native_of(kOptions, option); }

std::optional<int> native_shutdown_how(ShutdownHow how) noexcept {
  if (how.is_native()) return static_cast<int>(how.value());
  if (how == shut_rd) return SHUT_RD;
  if (how == shut_wr) return SHUT_WR;
  if (how == shut_rdwr) return SHUT_RDWR;
  return std::nullopt;
}

std::optional<int> native_address_info_flags(AddressInfoFlags flags) noexcept {
  return native_bits(kAddressInfoFlags, flags);
}
std::optional<int> native_name_info_flags(NameInfoFlags flags) noexcept { return native_bits(kNameInfoFlags, flags); }
std::optional<int> native_message_flags_slowly(MessageFlags flags) noexcept {
  return native_bits(kMessageFlags, flags);
}

MessageFlags portable_message_flags_slowly(int flags) noexcept {
  MessageFlags portable;
  for (const Row<MessageFlags>& row : kMessageFlags) {
    if ((flags & row.native) == row.native) portable |= row.portable;
  }
  return portable;
}

}  // namespace everysock::platform
