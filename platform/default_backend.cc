#include "platform/default_backend.h"

#if defined(__EMSCRIPTEN__)
#include "backends/websocket/websocket_backend.h"
#include "platform/emscripten/page_settings.h"
#else
#include "backends/posix/posix_backend.h"
#endif

namespace everysock::platform {

std::unique_ptr<Backend> new_default_backend() {
#if defined(__EMSCRIPTEN__)
  PageSettings settings = page_settings();
  return new_websocket_backend({.url = std::move(settings.url), .token = std::move(settings.token)});
#else
  return new_posix_backend();
#endif
}

}  // namespace everysock::platform
