// The backend that programs have in a page and in Node.js.
#include "backends/websocket/browser/page_settings.h"
#include "factory.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("websocket", BackendFactory{[](const FactoryOptions& options, std::string&) {
                                               WebsocketOptions settings = websocket::page_settings();
                                               if (!options.proxy_url.empty()) settings.url = options.proxy_url;
                                               if (!options.token.empty()) settings.token = options.token;
                                               return new_websocket_backend(std::move(settings));
                                             },
                                             false})
        .second;

}  // namespace everysock::conformance
