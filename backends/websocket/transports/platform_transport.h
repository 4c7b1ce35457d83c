// The transport that a build has of its own: native_transport.cc, browser_transport.cc or no_transport.cc.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_PLATFORM_TRANSPORT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_PLATFORM_TRANSPORT_H_

#include <memory>

#include "backends/websocket/transport.h"

namespace everysock::websocket {

// Null where the library was built without one (EVERYSOCK_BUILD_WEB off): the backend is then down for good, unless it
// is given a transport.
std::unique_ptr<Transport> new_platform_transport();

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_PLATFORM_TRANSPORT_H_
