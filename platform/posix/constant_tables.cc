#include "platform/posix/constant_tables.h"

#include <netdb.h>
#include <netinet/in.h>

#include <cstdint>

#include "platform/constant_rows.h"

namespace everysock::platform {
namespace {

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
#ifdef AF_AX25
    {af_ax25, AF_AX25},
#endif
#ifdef AF_IPX
    {af_ipx, AF_IPX},
#endif
#ifdef AF_APPLETALK
    {af_appletalk, AF_APPLETALK},
#endif
#ifdef AF_NETROM
    {af_netrom, AF_NETROM},
#endif
#ifdef AF_BRIDGE
    {af_bridge, AF_BRIDGE},
#endif
#ifdef AF_ATMPVC
    {af_atmpvc, AF_ATMPVC},
#endif
#ifdef AF_X25
    {af_x25, AF_X25},
#endif
#ifdef AF_INET6
    {af_inet6, AF_INET6},
#endif
#ifdef AF_ROSE
    {af_rose, AF_ROSE},
#endif
#ifdef AF_DECnet
    {af_decnet, AF_DECnet},
#endif
#ifdef AF_NETBEUI
    {af_netbeui, AF_NETBEUI},
#endif
#ifdef AF_SECURITY
    {af_security, AF_SECURITY},
#endif
#ifdef AF_KEY
    {af_key, AF_KEY},
#endif
#ifdef AF_NETLINK
    {af_netlink, AF_NETLINK},
#endif
#ifdef AF_ROUTE
    {af_route, AF_ROUTE},
#endif
#ifdef AF_PACKET
    {af_packet, AF_PACKET},
#endif
#ifdef AF_ASH
    {af_ash, AF_ASH},
#endif
#ifdef AF_ECONET
    {af_econet, AF_ECONET},
#endif
#ifdef AF_ATMSVC
    {af_atmsvc, AF_ATMSVC},
#endif
#ifdef AF_RDS
    {af_rds, AF_RDS},
#endif
#ifdef AF_SNA
    {af_sna, AF_SNA},
#endif
#ifdef AF_IRDA
    {af_irda, AF_IRDA},
#endif
#ifdef AF_PPPOX
    {af_pppox, AF_PPPOX},
#endif
#ifdef AF_WANPIPE
    {af_wanpipe, AF_WANPIPE},
#endif
#ifdef AF_LLC
    {af_llc, AF_LLC},
#endif
#ifdef AF_CAN
    {af_can, AF_CAN},
#endif
#ifdef AF_TIPC
    {af_tipc, AF_TIPC},
#endif
#ifdef AF_BLUETOOTH
    {af_bluetooth, AF_BLUETOOTH},
#endif
#ifdef AF_ALG
    {af_alg, AF_ALG},
#endif
#ifdef AF_VSOCK
    {af_vsock, AF_VSOCK},
#endif
#ifdef AF_QIPCRTR
    {af_qipcrtr, AF_QIPCRTR},
#endif
#ifdef AF_AAL5
    {af_aal5, AF_AAL5},
#endif
#ifdef AF_LINK
    {af_link, AF_LINK},
#endif
#ifdef AF_SYSTEM
    {af_system, AF_SYSTEM},
#endif
#ifdef AF_HYPERV
    {af_hyperv, AF_HYPERV},
#endif
#ifdef AF_DIVERT
    {af_divert, AF_DIVERT},
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

constexpr Row<Protocol> kProtocols[] = {
    {ipproto_ip, IPPROTO_IP},
#ifdef IPPROTO_GGP
    {ipproto_ggp, IPPROTO_GGP},
#endif
#ifdef IPPROTO_IPV4
    {ipproto_ipv4, IPPROTO_IPV4},
#endif
#ifdef IPPROTO_ST
    {ipproto_st, IPPROTO_ST},
#endif
#ifdef IPPROTO_CBT
    {ipproto_cbt, IPPROTO_CBT},
#endif
#ifdef IPPROTO_RDP
    {ipproto_rdp, IPPROTO_RDP},
#endif
#ifdef IPPROTO_XTP
    {ipproto_xtp, IPPROTO_XTP},
#endif
#ifdef IPPROTO_BIP
    {ipproto_bip, IPPROTO_BIP},
#endif
#ifdef IPPROTO_MOBILE
    {ipproto_mobile, IPPROTO_MOBILE},
#endif
#ifdef IPPROTO_HELLO
    {ipproto_hello, IPPROTO_HELLO},
#endif
#ifdef IPPROTO_ND
    {ipproto_nd, IPPROTO_ND},
#endif
#ifdef IPPROTO_ICLFXBM
    {ipproto_iclfxbm, IPPROTO_ICLFXBM},
#endif
#ifdef IPPROTO_EON
    {ipproto_eon, IPPROTO_EON},
#endif
#ifdef IPPROTO_IGP
    {ipproto_igp, IPPROTO_IGP},
#endif
#ifdef IPPROTO_IPCOMP
    {ipproto_ipcomp, IPPROTO_IPCOMP},
#endif
#ifdef IPPROTO_VRRP
    {ipproto_vrrp, IPPROTO_VRRP},
#endif
#ifdef IPPROTO_PGM
    {ipproto_pgm, IPPROTO_PGM},
#endif
#ifdef IPPROTO_L2TP
    {ipproto_l2tp, IPPROTO_L2TP},
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
#ifdef MSG_NOTIFICATION
    {msg_notification, MSG_NOTIFICATION},
#endif
#ifdef MSG_BCAST
    {msg_bcast, MSG_BCAST},
#endif
#ifdef MSG_MCAST
    {msg_mcast, MSG_MCAST},
#endif
#ifdef MSG_EOF
    {msg_eof, MSG_EOF},
#endif
#ifdef MSG_BTAG
    {msg_btag, MSG_BTAG},
#endif
#ifdef MSG_ETAG
    {msg_etag, MSG_ETAG},
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
#ifdef AI_V4MAPPED_CFG
    {ai_v4mapped_cfg, AI_V4MAPPED_CFG},
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
#ifdef NI_IDN
    {ni_idn, NI_IDN},
#endif
};

#ifdef SOL_LOCAL
constexpr std::optional<int> kLocalLevel = SOL_LOCAL;
#else
constexpr std::optional<int> kLocalLevel;
#endif

}  // namespace

std::optional<int> native_family(AddressFamily family) noexcept { return native_of(kFamilies, family); }
AddressFamily portable_family(int family) noexcept { return portable_of(kFamilies, family); }

std::optional<int> native_kind(SocketKind kind) noexcept { return native_of(kKinds, kind.without_flags()); }
SocketKind portable_kind(int kind) noexcept { return portable_of(kKinds, kind); }

// The numbers that a header names are the same everywhere (IANA's, or a Linux family's own); 0x10000 and above are
// those that Linux has no name for.
std::optional<int> native_protocol(AddressFamily family, Protocol protocol) noexcept {
  constexpr std::uint32_t kOwnNumbers = 0x10000;
  if (protocol.is_native() || protocol.value() < kOwnNumbers) return static_cast<int>(protocol.value());
  if (family != af_inet && family != af_inet6) return std::nullopt;
  return native_of(kProtocols, protocol);
}

// Levels other than SOL_SOCKET are protocol numbers, the same everywhere.
std::optional<int> native_level(OptionLevel level) noexcept {
  if (level == sol_socket) return SOL_SOCKET;
  if (level == sol_local) return kLocalLevel;
  if (level == OptionLevel(af_vsock)) return native_family(af_vsock);
  return static_cast<int>(level.value());
}
OptionLevel portable_level(int level) noexcept {
  return level == SOL_SOCKET ? sol_socket : OptionLevel(static_cast<std::uint32_t>(level));
}

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

MessageFlags portable_message_flags_slowly(int flags) noexcept { return portable_bits(kMessageFlags, flags); }

}  // namespace everysock::platform
