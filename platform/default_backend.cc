#include "platform/default_backend.h"

#if defined(__EMSCRIPTEN__)
#include "backends/websocket/browser/page_settings.h"
#else
#include "backends/posix/posix_backend.h"
#endif

namespace everysock::platform {

std::unique_ptr<Backend> new_default_backend() {
#if defined(__EMSCRIPTEN__)
  return new_websocket_backend(websocket::page_settings());
#else
  return new_posix_backend();
#endif
}

}  // namespace everysock::platform
