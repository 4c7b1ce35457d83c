#include "backends/websocket/websocket_backend.h"

#include "backends/websocket/client/backend.h"
#include "backends/websocket/transport.h"
#include "backends/websocket/transports/platform_transport.h"

namespace everysock {

std::unique_ptr<Backend> new_websocket_backend(WebsocketOptions options) {
  if (options.transport == nullptr) options.transport = websocket::new_platform_transport();
  websocket::ClientEngine::Options engine;
  engine.token = std::move(options.token);
  engine.agent = "everysock/0.1";
  engine.window = options.window;
  return std::make_unique<websocket::WebsocketBackend>(std::move(options.url), std::move(engine),
                                                       std::move(options.transport));
}

}  // namespace everysock
