#include "platform/default_backend.h"

#if defined(__EMSCRIPTEN__)
#include "backends/websocket/websocket_backend.h"
#include "platform/emscripten/page_settings.h"
#elif defined(__wasi__) && !defined(__wasip2__)
#include "backends/memory/memory_backend.h"
#include "backends/wasi/wasi_backend.h"
#elif defined(_WIN32)
#include "backends/winsock/winsock_backend.h"
#else
#include "backends/posix/posix_backend.h"
#endif

namespace everysock::platform {

std::unique_ptr<Backend> new_default_backend() {
#if defined(__EMSCRIPTEN__)
  PageSettings settings = page_settings();
  return new_websocket_backend({.url = std::move(settings.url), .token = std::move(settings.token)});
#elif defined(__wasi__) && !defined(__wasip2__)
  return new_wasi_backend(new_memory_backend());
#elif defined(_WIN32)
  return new_winsock_backend();
#else
  return new_posix_backend();
#endif
}

}  // namespace everysock::platform
