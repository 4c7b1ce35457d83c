// The documented constants, in lower case: AF_INET6 is af_inet6. (The upper-case names are macros of the system
// headers; a program may include both.) constant.h explains their types and what the numbers mean.
//
// The semantics of each stand in the manual page named at the group's head and in the Python documentation under the
// upper-case name. Where a system lacks a constant, using it gives EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT,
// ENOPROTOOPT or EOPNOTSUPP, by the kind of constant.
#ifndef EVERYSOCK_CONSTANTS_H_
#define EVERYSOCK_CONSTANTS_H_

#include <cstdint>

#include "everysock/constant.h"

namespace everysock {

// Address families: address_families(7).
inline constexpr AddressFamily af_unspec{0};
inline constexpr AddressFamily af_unix{1};
inline constexpr AddressFamily af_inet{2};
inline constexpr AddressFamily af_inet6{10};

// Kinds: socket(2).
inline constexpr SocketKind sock_stream{1};
inline constexpr SocketKind sock_dgram{2};
inline constexpr SocketKind sock_raw{3};
inline constexpr SocketKind sock_rdm{4};
inline constexpr SocketKind sock_seqpacket{5};
// Creation flags. The library itself always creates non-inheritable descriptors, so sock_cloexec changes nothing.
inline constexpr SocketKind sock_nonblock{0x800};
inline constexpr SocketKind sock_cloexec{0x80000};

// Protocols: protocols(5).
inline constexpr Protocol ipproto_ip{0};
inline constexpr Protocol ipproto_icmp{1};
inline constexpr Protocol ipproto_tcp{6};
inline constexpr Protocol ipproto_udp{17};
inline constexpr Protocol ipproto_ipv6{41};
inline constexpr Protocol ipproto_icmpv6{58};
inline constexpr Protocol ipproto_sctp{132};
inline constexpr Protocol ipproto_udplite{136};
inline constexpr Protocol ipproto_raw{255};
inline constexpr Protocol ipproto_mptcp{262};

// Option levels.
inline constexpr OptionLevel sol_ip{0};
inline constexpr OptionLevel sol_socket{0x10001};
inline constexpr OptionLevel sol_tcp{6};
inline constexpr OptionLevel sol_udp{17};
inline constexpr OptionLevel sol_ipv6{41};

// Options of sol_socket: socket(7). so_linger takes two C ints (on, seconds), so_rcvtimeo and so_sndtimeo two 64-bit
// integers (seconds, microseconds); the others an int.
inline constexpr Option so_debug{sol_socket, 1};
inline constexpr Option so_reuseaddr{sol_socket, 2};
inline constexpr Option so_type{sol_socket, 3};
inline constexpr Option so_error{sol_socket, 4};
inline constexpr Option so_dontroute{sol_socket, 5};
inline constexpr Option so_broadcast{sol_socket, 6};
inline constexpr Option so_sndbuf{sol_socket, 7};
inline constexpr Option so_rcvbuf{sol_socket, 8};
inline constexpr Option so_keepalive{sol_socket, 9};
inline constexpr Option so_oobinline{sol_socket, 10};
inline constexpr Option so_priority{sol_socket, 12};
inline constexpr Option so_linger{sol_socket, 13};
inline constexpr Option so_reuseport{sol_socket, 15};
inline constexpr Option so_passcred{sol_socket, 16};
inline constexpr Option so_peercred{sol_socket, 17};
inline constexpr Option so_rcvlowat{sol_socket, 18};
inline constexpr Option so_sndlowat{sol_socket, 19};
inline constexpr Option so_rcvtimeo{sol_socket, 20};
inline constexpr Option so_sndtimeo{sol_socket, 21};
inline constexpr Option so_bindtodevice{sol_socket, 25};
inline constexpr Option so_acceptconn{sol_socket, 30};
inline constexpr Option so_mark{sol_socket, 36};
inline constexpr Option so_protocol{sol_socket, 38};
inline constexpr Option so_domain{sol_socket, 39};
inline constexpr Option so_incoming_cpu{sol_socket, 49};

// Options of ipproto_ip: ip(7).
inline constexpr Option ip_tos{sol_ip, 1};
inline constexpr Option ip_ttl{sol_ip, 2};
inline constexpr Option ip_multicast_if{sol_ip, 32};
inline constexpr Option ip_multicast_ttl{sol_ip, 33};
inline constexpr Option ip_multicast_loop{sol_ip, 34};
inline constexpr Option ip_add_membership{sol_ip, 35};
inline constexpr Option ip_drop_membership{sol_ip, 36};

// Options of ipproto_ipv6: ipv6(7).
inline constexpr Option ipv6_unicast_hops{sol_ipv6, 16};
inline constexpr Option ipv6_multicast_if{sol_ipv6, 17};
inline constexpr Option ipv6_multicast_hops{sol_ipv6, 18};
inline constexpr Option ipv6_multicast_loop{sol_ipv6, 19};
inline constexpr Option ipv6_join_group{sol_ipv6, 20};
inline constexpr Option ipv6_leave_group{sol_ipv6, 21};
inline constexpr Option ipv6_v6only{sol_ipv6, 26};
inline constexpr Option ipv6_tclass{sol_ipv6, 67};

// Options of ipproto_tcp: tcp(7).
inline constexpr Option tcp_nodelay{sol_tcp, 1};
inline constexpr Option tcp_maxseg{sol_tcp, 2};
inline constexpr Option tcp_cork{sol_tcp, 3};
inline constexpr Option tcp_keepidle{sol_tcp, 4};
inline constexpr Option tcp_keepintvl{sol_tcp, 5};
inline constexpr Option tcp_keepcnt{sol_tcp, 6};
inline constexpr Option tcp_syncnt{sol_tcp, 7};
inline constexpr Option tcp_defer_accept{sol_tcp, 9};
inline constexpr Option tcp_info{sol_tcp, 11};
inline constexpr Option tcp_quickack{sol_tcp, 12};
inline constexpr Option tcp_congestion{sol_tcp, 13};
inline constexpr Option tcp_user_timeout{sol_tcp, 18};
inline constexpr Option tcp_fastopen{sol_tcp, 23};

// Control message types of sol_socket: unix(7).
inline constexpr ControlType scm_rights{1};
inline constexpr ControlType scm_credentials{2};

// Message flags: send(2), recv(2).
inline constexpr MessageFlags msg_oob{0x1};
inline constexpr MessageFlags msg_peek{0x2};
inline constexpr MessageFlags msg_dontroute{0x4};
inline constexpr MessageFlags msg_ctrunc{0x8};
inline constexpr MessageFlags msg_trunc{0x20};
inline constexpr MessageFlags msg_dontwait{0x40};
inline constexpr MessageFlags msg_eor{0x80};
inline constexpr MessageFlags msg_waitall{0x100};
inline constexpr MessageFlags msg_confirm{0x800};
inline constexpr MessageFlags msg_errqueue{0x2000};
inline constexpr MessageFlags msg_nosignal{0x4000};
inline constexpr MessageFlags msg_more{0x8000};
inline constexpr MessageFlags msg_fastopen{0x20000000};
inline constexpr MessageFlags msg_cmsg_cloexec{0x40000000};

// What shutdown() ends: shutdown(2).
inline constexpr ShutdownHow shut_rd{0};
inline constexpr ShutdownHow shut_wr{1};
inline constexpr ShutdownHow shut_rdwr{2};

// getaddrinfo flags: getaddrinfo(3).
inline constexpr AddressInfoFlags ai_passive{0x1};
inline constexpr AddressInfoFlags ai_canonname{0x2};
inline constexpr AddressInfoFlags ai_numerichost{0x4};
inline constexpr AddressInfoFlags ai_v4mapped{0x8};
inline constexpr AddressInfoFlags ai_all{0x10};
inline constexpr AddressInfoFlags ai_addrconfig{0x20};
inline constexpr AddressInfoFlags ai_numericserv{0x400};

// getnameinfo flags: getnameinfo(3).
inline constexpr NameInfoFlags ni_numerichost{0x1};
inline constexpr NameInfoFlags ni_numericserv{0x2};
inline constexpr NameInfoFlags ni_nofqdn{0x4};
inline constexpr NameInfoFlags ni_namereqd{0x8};
inline constexpr NameInfoFlags ni_dgram{0x10};

// Numbers.
inline constexpr int somaxconn = 4096;
inline constexpr std::uint32_t inaddr_any = 0;
inline constexpr std::uint32_t inaddr_loopback = 0x7f000001;
inline constexpr std::uint32_t inaddr_broadcast = 0xffffffff;
inline constexpr bool has_ipv6 = true;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_H_
