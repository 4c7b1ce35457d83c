#include "backends/websocket/browser/page_settings.h"

#include <emscripten/em_asm.h>
#include <emscripten/em_js.h>

#include <cstdlib>
#include <string>

EM_JS_DEPS(everysock_page_settings, "$UTF8ToString,$stringToNewUTF8");

namespace everysock::websocket {
namespace {

std::string setting(const char* name) {
  // clang-format off
  auto* const found = static_cast<char*>(MAIN_THREAD_EM_ASM_PTR({
    const name = UTF8ToString($0);
    let value = Module['everysock']?.[name];
    if (value === undefined && ENVIRONMENT_IS_NODE) value = process.env['EVERYSOCK_PROXY_' + name.toUpperCase()];
    return value === undefined ? 0 : stringToNewUTF8(String(value));
  }, name));
  // clang-format on
  if (found == nullptr) return {};
  std::string value = found;
  std::free(found);
  return value;
}

}  // namespace

WebsocketOptions page_settings() { return {.url = setting("url"), .token = setting("token")}; }

}  // namespace everysock::websocket
