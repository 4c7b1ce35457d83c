// Which sockets a client may have.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_SOCKET_KINDS_H_
#define EVERYSOCK_WEB_PROXY_SESSION_SOCKET_KINDS_H_

#include "everysock/constants.h"
#include "everysock/error.h"
#include "web/proxy/policy/access_policy.h"

namespace everysock::proxy {

// EAFNOSUPPORT, EPERM (raw sockets), ESOCKTNOSUPPORT, EPROTONOSUPPORT; EINVAL for creation flags.
Result<void> check_kind(Operation operation, const AccessPolicy& policy, AddressFamily family, SocketKind kind,
                        Protocol protocol);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_SOCKET_KINDS_H_
