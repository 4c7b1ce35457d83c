// The options of SOL_SOCKET, of the Internet families and of AF_UNIX.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#ifdef __linux__
#include <linux/netfilter_ipv4.h>
#include <linux/udp.h>
#endif

#include <algorithm>
#include <optional>

#include "platform/posix/constant_tables.h"

namespace everysock::platform {
namespace {

struct Row {
  Option portable;
  int native;
};

constexpr Row kOptions[] = {
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
#ifdef SO_PEERSEC
    {so_peersec, SO_PEERSEC},
#endif
#ifdef SO_PASSSEC
    {so_passsec, SO_PASSSEC},
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
#ifdef SO_BINDTOIFINDEX
    {so_bindtoifindex, SO_BINDTOIFINDEX},
#endif
#ifdef SO_EXCLUSIVEADDRUSE
    {so_exclusiveaddruse, SO_EXCLUSIVEADDRUSE},
#endif
#ifdef SO_REUSEPORT_LB
    {so_reuseport_lb, SO_REUSEPORT_LB},
#endif
#ifdef SO_RTABLE
    {so_rtable, SO_RTABLE},
#endif
#ifdef SO_SETFIB
    {so_setfib, SO_SETFIB},
#endif
#ifdef SO_USELOOPBACK
    {so_useloopback, SO_USELOOPBACK},
#endif
#ifdef SO_USER_COOKIE
    {so_user_cookie, SO_USER_COOKIE},
#endif
#ifdef LOCAL_PEERCRED
    {local_peercred, LOCAL_PEERCRED},
#endif
#ifdef LOCAL_CREDS
    {local_creds, LOCAL_CREDS},
#endif
#ifdef LOCAL_CREDS_PERSISTENT
    {local_creds_persistent, LOCAL_CREDS_PERSISTENT},
#endif
#ifdef IP_TOS
    {ip_tos, IP_TOS},
#endif
#ifdef IP_TTL
    {ip_ttl, IP_TTL},
#endif
#ifdef IP_HDRINCL
    {ip_hdrincl, IP_HDRINCL},
#endif
#ifdef IP_OPTIONS
    {ip_options, IP_OPTIONS},
#endif
#ifdef IP_RECVOPTS
    {ip_recvopts, IP_RECVOPTS},
#endif
#ifdef IP_RECVRETOPTS
    {ip_recvretopts, IP_RECVRETOPTS},
#endif
#ifdef IP_RETOPTS
    {ip_retopts, IP_RETOPTS},
#endif
#ifdef IP_PKTINFO
    {ip_pktinfo, IP_PKTINFO},
#endif
#ifdef IP_RECVERR
    {ip_recverr, IP_RECVERR},
#endif
#ifdef IP_RECVTTL
    {ip_recvttl, IP_RECVTTL},
#endif
#ifdef IP_RECVTOS
    {ip_recvtos, IP_RECVTOS},
#endif
#ifdef IP_FREEBIND
    {ip_freebind, IP_FREEBIND},
#endif
#ifdef IP_TRANSPARENT
    {ip_transparent, IP_TRANSPARENT},
#endif
#ifdef IP_RECVORIGDSTADDR
    {ip_recvorigdstaddr, IP_RECVORIGDSTADDR},
#endif
#ifdef IP_BIND_ADDRESS_NO_PORT
    {ip_bind_address_no_port, IP_BIND_ADDRESS_NO_PORT},
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
#ifdef IP_UNBLOCK_SOURCE
    {ip_unblock_source, IP_UNBLOCK_SOURCE},
#endif
#ifdef IP_BLOCK_SOURCE
    {ip_block_source, IP_BLOCK_SOURCE},
#endif
#ifdef IP_ADD_SOURCE_MEMBERSHIP
    {ip_add_source_membership, IP_ADD_SOURCE_MEMBERSHIP},
#endif
#ifdef IP_DROP_SOURCE_MEMBERSHIP
    {ip_drop_source_membership, IP_DROP_SOURCE_MEMBERSHIP},
#endif
#ifdef IP_RECVDSTADDR
    {ip_recvdstaddr, IP_RECVDSTADDR},
#endif
#ifdef IPV6_CHECKSUM
    {ipv6_checksum, IPV6_CHECKSUM},
#endif
#ifdef IPV6_NEXTHOP
    {ipv6_nexthop, IPV6_NEXTHOP},
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
#ifdef IPV6_RECVERR
    {ipv6_recverr, IPV6_RECVERR},
#endif
#ifdef IPV6_V6ONLY
    {ipv6_v6only, IPV6_V6ONLY},
#endif
#ifdef IPV6_RECVPKTINFO
    {ipv6_recvpktinfo, IPV6_RECVPKTINFO},
#endif
#ifdef IPV6_PKTINFO
    {ipv6_pktinfo, IPV6_PKTINFO},
#endif
#ifdef IPV6_RECVHOPLIMIT
    {ipv6_recvhoplimit, IPV6_RECVHOPLIMIT},
#endif
#ifdef IPV6_HOPLIMIT
    {ipv6_hoplimit, IPV6_HOPLIMIT},
#endif
#ifdef IPV6_RECVHOPOPTS
    {ipv6_recvhopopts, IPV6_RECVHOPOPTS},
#endif
#ifdef IPV6_HOPOPTS
    {ipv6_hopopts, IPV6_HOPOPTS},
#endif
#ifdef IPV6_RTHDRDSTOPTS
    {ipv6_rthdrdstopts, IPV6_RTHDRDSTOPTS},
#endif
#ifdef IPV6_RECVRTHDR
    {ipv6_recvrthdr, IPV6_RECVRTHDR},
#endif
#ifdef IPV6_RTHDR
    {ipv6_rthdr, IPV6_RTHDR},
#endif
#ifdef IPV6_RECVDSTOPTS
    {ipv6_recvdstopts, IPV6_RECVDSTOPTS},
#endif
#ifdef IPV6_DSTOPTS
    {ipv6_dstopts, IPV6_DSTOPTS},
#endif
#ifdef IPV6_RECVPATHMTU
    {ipv6_recvpathmtu, IPV6_RECVPATHMTU},
#endif
#ifdef IPV6_PATHMTU
    {ipv6_pathmtu, IPV6_PATHMTU},
#endif
#ifdef IPV6_DONTFRAG
    {ipv6_dontfrag, IPV6_DONTFRAG},
#endif
#ifdef IPV6_RECVTCLASS
    {ipv6_recvtclass, IPV6_RECVTCLASS},
#endif
#ifdef IPV6_TCLASS
    {ipv6_tclass, IPV6_TCLASS},
#endif
#ifdef IPV6_USE_MIN_MTU
    {ipv6_use_min_mtu, IPV6_USE_MIN_MTU},
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
#ifdef TCP_LINGER2
    {tcp_linger2, TCP_LINGER2},
#endif
#ifdef TCP_DEFER_ACCEPT
    {tcp_defer_accept, TCP_DEFER_ACCEPT},
#endif
#ifdef TCP_WINDOW_CLAMP
    {tcp_window_clamp, TCP_WINDOW_CLAMP},
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
#ifdef TCP_MD5SIG
    {tcp_md5sig, TCP_MD5SIG},
#endif
#ifdef TCP_THIN_LINEAR_TIMEOUTS
    {tcp_thin_linear_timeouts, TCP_THIN_LINEAR_TIMEOUTS},
#endif
#ifdef TCP_THIN_DUPACK
    {tcp_thin_dupack, TCP_THIN_DUPACK},
#endif
#ifdef TCP_USER_TIMEOUT
    {tcp_user_timeout, TCP_USER_TIMEOUT},
#endif
#ifdef TCP_REPAIR
    {tcp_repair, TCP_REPAIR},
#endif
#ifdef TCP_REPAIR_QUEUE
    {tcp_repair_queue, TCP_REPAIR_QUEUE},
#endif
#ifdef TCP_QUEUE_SEQ
    {tcp_queue_seq, TCP_QUEUE_SEQ},
#endif
#ifdef TCP_REPAIR_OPTIONS
    {tcp_repair_options, TCP_REPAIR_OPTIONS},
#endif
#ifdef TCP_FASTOPEN
    {tcp_fastopen, TCP_FASTOPEN},
#endif
#ifdef TCP_TIMESTAMP
    {tcp_timestamp, TCP_TIMESTAMP},
#endif
#ifdef TCP_NOTSENT_LOWAT
    {tcp_notsent_lowat, TCP_NOTSENT_LOWAT},
#endif
#ifdef TCP_CC_INFO
    {tcp_cc_info, TCP_CC_INFO},
#endif
#ifdef TCP_SAVE_SYN
    {tcp_save_syn, TCP_SAVE_SYN},
#endif
#ifdef TCP_SAVED_SYN
    {tcp_saved_syn, TCP_SAVED_SYN},
#endif
#ifdef TCP_REPAIR_WINDOW
    {tcp_repair_window, TCP_REPAIR_WINDOW},
#endif
#ifdef TCP_FASTOPEN_CONNECT
    {tcp_fastopen_connect, TCP_FASTOPEN_CONNECT},
#endif
#ifdef TCP_ULP
    {tcp_ulp, TCP_ULP},
#endif
#ifdef TCP_MD5SIG_EXT
    {tcp_md5sig_ext, TCP_MD5SIG_EXT},
#endif
#ifdef TCP_FASTOPEN_KEY
    {tcp_fastopen_key, TCP_FASTOPEN_KEY},
#endif
#ifdef TCP_FASTOPEN_NO_COOKIE
    {tcp_fastopen_no_cookie, TCP_FASTOPEN_NO_COOKIE},
#endif
#ifdef TCP_ZEROCOPY_RECEIVE
    {tcp_zerocopy_receive, TCP_ZEROCOPY_RECEIVE},
#endif
#ifdef TCP_INQ
    {tcp_inq, TCP_INQ},
#endif
#ifdef TCP_TX_DELAY
    {tcp_tx_delay, TCP_TX_DELAY},
#endif
#ifdef TCP_KEEPALIVE
    {tcp_keepalive, TCP_KEEPALIVE},
#endif
#ifdef TCP_CONNECTION_INFO
    {tcp_connection_info, TCP_CONNECTION_INFO},
#endif
#ifdef __linux__
    // udplite(7): no header has them.
    {udplite_send_cscov, 10},
    {udplite_recv_cscov, 11},
#elif defined(UDPLITE_SEND_CSCOV)
    {udplite_send_cscov, UDPLITE_SEND_CSCOV},
    {udplite_recv_cscov, UDPLITE_RECV_CSCOV},
#endif
#ifdef SO_TIMESTAMP
    {so_timestamp, SO_TIMESTAMP},
#endif
#ifdef SO_TIMESTAMPNS
    {so_timestampns, SO_TIMESTAMPNS},
#endif
#ifdef SO_COOKIE
    {so_cookie, SO_COOKIE},
#endif
#ifdef SO_ORIGINAL_DST
    {so_original_dst, SO_ORIGINAL_DST},
#endif
};

#ifdef __linux__

// The portable numbers are Linux's.
static_assert(std::all_of(std::begin(kOptions), std::end(kOptions), [](const Row& row) {
  return static_cast<std::uint32_t>(row.native) == row.portable.value();
}));

// Families that only Linux has (or that NetBSD took over with their numbers): their options have the portable numbers.
bool belongs_to_a_linux_family(Option option) noexcept {
  constexpr OptionLevel kInTheTable[] = {sol_socket, sol_local, sol_ip, sol_ipv6, sol_tcp, ipproto_udplite};
  constexpr std::uint32_t kOwnNumbers = 0x10000;  // from here on the numbers are this library's own
  return option.value() < kOwnNumbers && option.level().value() < kOwnNumbers &&
         std::find(std::begin(kInTheTable), std::end(kInTheTable), option.level()) == std::end(kInTheTable);
}

#else

bool belongs_to_a_linux_family(Option) noexcept { return false; }

#endif

}  // namespace

std::optional<int> native_option(Option option) noexcept {
  if (option.is_native()) return static_cast<int>(option.value());
  for (const Row& row : kOptions) {
    if (row.portable == option) return row.native;
  }
  if (belongs_to_a_linux_family(option)) return static_cast<int>(option.value());
  return std::nullopt;
}

}  // namespace everysock::platform
