#include "backends/websocket/transports/platform_transport.h"

namespace everysock::websocket {

std::unique_ptr<Transport> new_platform_transport() { return nullptr; }

}  // namespace everysock::websocket
