// SOL_*: option levels; SO_*: options of sol_socket, socket(7); SCM_*: types of control messages, unix(7).
// Using one that the system lacks gives ENOPROTOOPT.
#ifndef EVERYSOCK_CONSTANTS_SOCKET_OPTION_H_
#define EVERYSOCK_CONSTANTS_SOCKET_OPTION_H_

#include "everysock/constant.h"

namespace everysock {

// Levels.
inline constexpr OptionLevel sol_socket{0x10001};
inline constexpr OptionLevel sol_ip{0};
inline constexpr OptionLevel sol_tcp{6};
inline constexpr OptionLevel sol_udp{17};
inline constexpr OptionLevel sol_ipx{256};
inline constexpr OptionLevel sol_ax25{257};
inline constexpr OptionLevel sol_atalk{258};
inline constexpr OptionLevel sol_netrom{259};
inline constexpr OptionLevel sol_rose{260};
inline constexpr OptionLevel sol_ipv6{41};
inline constexpr OptionLevel sol_local{0x10002};  // AF_UNIX on BSD and macOS

// so_linger takes two C ints (on, seconds), so_rcvtimeo and so_sndtimeo two 64-bit integers (seconds, microseconds),
// so_bindtodevice a name, so_peercred three C ints (process, user, group); the others an int.
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
inline constexpr Option so_peersec{sol_socket, 31};
inline constexpr Option so_passsec{sol_socket, 34};
inline constexpr Option so_mark{sol_socket, 36};
inline constexpr Option so_protocol{sol_socket, 38};
inline constexpr Option so_domain{sol_socket, 39};
inline constexpr Option so_incoming_cpu{sol_socket, 49};
inline constexpr Option so_bindtoifindex{sol_socket, 62};
inline constexpr Option so_timestamp{sol_socket, 29};
inline constexpr Option so_timestampns{sol_socket, 35};
inline constexpr Option so_cookie{sol_socket, 57};  // 8 bytes, read only: no two sockets of a machine have the same

// Options of other systems; the numbers are this library's own.
inline constexpr Option so_exclusiveaddruse{sol_socket, 0x10001};
inline constexpr Option so_reuseport_lb{sol_socket, 0x10002};
inline constexpr Option so_rtable{sol_socket, 0x10003};
inline constexpr Option so_setfib{sol_socket, 0x10004};
inline constexpr Option so_useloopback{sol_socket, 0x10005};
inline constexpr Option so_user_cookie{sol_socket, 0x10006};

// Of sol_ip (netfilter): where a redirected connection wanted to go, a struct sockaddr_in.
inline constexpr Option so_original_dst{sol_ip, 80};

// Options of AF_UNIX sockets on BSD and macOS, unix(4).
inline constexpr Option local_peercred{sol_local, 0x10001};
inline constexpr Option local_creds{sol_local, 0x10002};
inline constexpr Option local_creds_persistent{sol_local, 0x10003};

// Control messages of sol_socket.
inline constexpr ControlType scm_rights{1};
inline constexpr ControlType scm_credentials{2};
inline constexpr ControlType scm_creds{0x10003};
inline constexpr ControlType scm_creds2{0x10008};
inline constexpr ControlType scm_timestamp{29};
inline constexpr ControlType scm_timestampns{35};

// The largest useful backlog of listen(), as Linux has it since 5.4.
inline constexpr int somaxconn = 4096;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_SOCKET_OPTION_H_
