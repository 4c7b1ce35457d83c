// Which sockets have connections: both ends must mean the same.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_CONNECTIONS_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_CONNECTIONS_H_

#include "everysock/constants.h"

namespace everysock::websocket {

// Sockets of AF_RDS are of a kind that has connections elsewhere, and send to any number of others.
constexpr bool has_connections(AddressFamily family, SocketKind kind) noexcept {
  return kind == sock_stream || (kind == sock_seqpacket && family != af_rds);
}

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_CONNECTIONS_H_
