// The backend that programs have in a page and in Node.js.
#include "backends/websocket/websocket_backend.h"
#include "factory.h"
#include "platform/emscripten/page_settings.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("websocket",
                 BackendFactory{[](const FactoryOptions& options, std::string&) {
                                  const auto page = platform::page_settings();
                                  const auto or_else = [](const std::string& own, const std::string& other) {
                                    return own.empty() ? other : own;
                                  };
                                  return new_websocket_backend({.url = or_else(options.proxy_url, page.url),
                                                                .token = or_else(options.token, page.token)});
                                },
                                false})
        .second;

}  // namespace everysock::conformance
