#include "factory.h"
#include "websocket_backend.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("websocket",
                 BackendFactory{[](const FactoryOptions& options, std::string& error) -> std::unique_ptr<Backend> {
                                  if (options.proxy_url.empty()) {
                                    error = "--proxy-url is needed";
                                    return nullptr;
                                  }
                                  return new_websocket_backend({.url = options.proxy_url, .token = options.token});
                                },
                                // Paths are the proxy's business: it keeps them apart for every client.
                                false})
        .second;

}  // namespace everysock::conformance
