// The arithmetic of the opening handshake, which both of its sides do (RFC 6455 section 1.3).
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_ACCEPT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_ACCEPT_H_

#include <string>
#include <string_view>

namespace everysock::websocket {

// The value of Sec-WebSocket-Accept that goes with a Sec-WebSocket-Key.
std::string websocket_accept(std::string_view key);

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_ACCEPT_H_
