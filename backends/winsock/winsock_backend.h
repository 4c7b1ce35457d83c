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
std::unique_ptr<Backend> new_winsock_backend();

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_WINSOCK_BACKEND_H_
