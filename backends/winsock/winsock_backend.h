// The backend for Windows: Winsock 2.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_WINSOCK_BACKEND_H_
#define EVERYSOCK_BACKENDS_WINSOCK_WINSOCK_BACKEND_H_

#include <memory>

#include "everysock/backend.h"

namespace everysock {

// Handles are SOCKETs. Any number of backends may exist, and sockets of one may be adopted by another. Winsock is
// started with the first one, and stays.
//
// What differs from other systems because Windows means something else by it:
//   - so_reuseaddr lets two sockets have one address at the same time, whoever they belong to; create_server() does not
//     set it, and need not: nothing keeps a server from binding again at once. so_exclusiveaddruse is what keeps others
//     off an address.
//   - A datagram that found no receiver is not reported by a later call (SIO_UDP_CONNRESET is switched off): Winsock
//     would report it on sockets that are not connected, too.
//   - IPv6 sockets serve IPv6 alone until ipv6_v6only is cleared.
//   - A socket that was made elsewhere and adopted counts as blocking: Windows does not tell.
//   - shutdown(shut_rd) wakes who waits in a Selector or with a time-out; a recv() that blocks already goes on until
//     the peer sends or ends, or until shutdown(shut_rdwr).
// Any thread may use a backend at any time, as Backend says. Sources: Microsoft's "Using SO_REUSEADDR and
// SO_EXCLUSIVEADDRUSE", "SIO_UDP_CONNRESET Control Code" and the pages of the Winsock functions; docs/windows.md.
std::unique_ptr<Backend> new_winsock_backend();

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_WINSOCK_BACKEND_H_
