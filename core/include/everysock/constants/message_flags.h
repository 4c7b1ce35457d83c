// MSG_*: flags of send and receive calls and of received messages. send(2), recv(2).
// Using one that the system lacks gives EOPNOTSUPP.
#ifndef EVERYSOCK_CONSTANTS_MESSAGE_FLAGS_H_
#define EVERYSOCK_CONSTANTS_MESSAGE_FLAGS_H_

#include "everysock/constant.h"

namespace everysock {

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

// Of other systems; the bits are this library's own.
inline constexpr MessageFlags msg_notification{0x200000};
inline constexpr MessageFlags msg_bcast{0x400000};
inline constexpr MessageFlags msg_mcast{0x800000};
inline constexpr MessageFlags msg_eof{0x1000000};
inline constexpr MessageFlags msg_btag{0x10000000};
inline constexpr MessageFlags msg_etag{0x80000000};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_MESSAGE_FLAGS_H_
