// TCP_*: options of ipproto_tcp, tcp(7); UDPLITE_*: options of ipproto_udplite, udplite(7).
// Using one that the system lacks gives ENOPROTOOPT.
#ifndef EVERYSOCK_CONSTANTS_TCP_H_
#define EVERYSOCK_CONSTANTS_TCP_H_

#include "everysock/constant.h"
#include "everysock/constants/protocol.h"
#include "everysock/constants/socket_option.h"

namespace everysock {

inline constexpr Option tcp_nodelay{sol_tcp, 1};
inline constexpr Option tcp_maxseg{sol_tcp, 2};
inline constexpr Option tcp_cork{sol_tcp, 3};
inline constexpr Option tcp_keepidle{sol_tcp, 4};
inline constexpr Option tcp_keepintvl{sol_tcp, 5};
inline constexpr Option tcp_keepcnt{sol_tcp, 6};
inline constexpr Option tcp_syncnt{sol_tcp, 7};
inline constexpr Option tcp_linger2{sol_tcp, 8};
inline constexpr Option tcp_defer_accept{sol_tcp, 9};
inline constexpr Option tcp_window_clamp{sol_tcp, 10};
inline constexpr Option tcp_info{sol_tcp, 11};
inline constexpr Option tcp_quickack{sol_tcp, 12};
inline constexpr Option tcp_congestion{sol_tcp, 13};
inline constexpr Option tcp_md5sig{sol_tcp, 14};
inline constexpr Option tcp_thin_linear_timeouts{sol_tcp, 16};
inline constexpr Option tcp_thin_dupack{sol_tcp, 17};
inline constexpr Option tcp_user_timeout{sol_tcp, 18};
inline constexpr Option tcp_repair{sol_tcp, 19};
inline constexpr Option tcp_repair_queue{sol_tcp, 20};
inline constexpr Option tcp_queue_seq{sol_tcp, 21};
inline constexpr Option tcp_repair_options{sol_tcp, 22};
inline constexpr Option tcp_fastopen{sol_tcp, 23};
inline constexpr Option tcp_timestamp{sol_tcp, 24};
inline constexpr Option tcp_notsent_lowat{sol_tcp, 25};
inline constexpr Option tcp_cc_info{sol_tcp, 26};
inline constexpr Option tcp_save_syn{sol_tcp, 27};
inline constexpr Option tcp_saved_syn{sol_tcp, 28};
inline constexpr Option tcp_repair_window{sol_tcp, 29};
inline constexpr Option tcp_fastopen_connect{sol_tcp, 30};
inline constexpr Option tcp_ulp{sol_tcp, 31};
inline constexpr Option tcp_md5sig_ext{sol_tcp, 32};
inline constexpr Option tcp_fastopen_key{sol_tcp, 33};
inline constexpr Option tcp_fastopen_no_cookie{sol_tcp, 34};
inline constexpr Option tcp_zerocopy_receive{sol_tcp, 35};
inline constexpr Option tcp_inq{sol_tcp, 36};
inline constexpr Option tcp_tx_delay{sol_tcp, 37};

// Of macOS (tcp_keepalive is its tcp_keepidle).
inline constexpr Option tcp_keepalive{sol_tcp, 0x10010};
inline constexpr Option tcp_connection_info{sol_tcp, 0x10106};

// How many bytes of a datagram the checksum covers: those sent, and those that a received one must have covered.
inline constexpr Option udplite_send_cscov{ipproto_udplite, 10};
inline constexpr Option udplite_recv_cscov{ipproto_udplite, 11};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_TCP_H_
