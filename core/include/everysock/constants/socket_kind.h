// SOCK_*: kinds of sockets, socket(2); SHUT_*: what shutdown() ends, shutdown(2).
// Using one that the system lacks gives ESOCKTNOSUPPORT (a kind) or EINVAL.
#ifndef EVERYSOCK_CONSTANTS_SOCKET_KIND_H_
#define EVERYSOCK_CONSTANTS_SOCKET_KIND_H_

#include "everysock/constant.h"

namespace everysock {

inline constexpr SocketKind sock_stream{1};
inline constexpr SocketKind sock_dgram{2};
inline constexpr SocketKind sock_raw{3};
inline constexpr SocketKind sock_rdm{4};
inline constexpr SocketKind sock_seqpacket{5};

// Creation flags. The library itself always creates non-inheritable descriptors, so sock_cloexec changes nothing.
inline constexpr SocketKind sock_nonblock{0x800};
inline constexpr SocketKind sock_cloexec{0x80000};

// What shutdown() ends.
inline constexpr ShutdownHow shut_rd{0};
inline constexpr ShutdownHow shut_wr{1};
inline constexpr ShutdownHow shut_rdwr{2};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_SOCKET_KIND_H_
