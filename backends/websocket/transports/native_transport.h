// A WebSocket over the sockets of any Backend, with a thread of its own.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_TRANSPORT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_TRANSPORT_H_

#include <memory>

#include "backends/websocket/transport.h"
#include "everysock/backend.h"

namespace everysock::websocket {

// `network` must outlive the transport. ws:// only: no TLS.
std::unique_ptr<Transport> new_native_transport(Backend& network);

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_TRANSPORT_H_
