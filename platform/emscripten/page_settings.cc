#include "platform/emscripten/page_settings.h"

#include <emscripten/em_asm.h>
#include <emscripten/em_js.h>

#include <cstddef>
#include <string>

EM_JS_DEPS(everysock_page_settings, "$UTF8ToString,$stringToUTF8,$lengthBytesUTF8");

namespace everysock::platform {
namespace {

std::string setting(const char* name) {
  std::string value(255, '\0');
  for (;;) {
    // clang-format off
    const int length = MAIN_THREAD_EM_ASM_INT({
      const name = UTF8ToString($0);
      let value = Module['everysock']?.[name];
      if (value === undefined && ENVIRONMENT_IS_NODE) value = process.env['EVERYSOCK_PROXY_' + name.toUpperCase()];
      value = String(value ?? "");
      stringToUTF8(value, $1, $2);
      return lengthBytesUTF8(value);
    }, name, value.data(), value.size() + 1);
    // clang-format on
    const bool complete = static_cast<std::size_t>(length) <= value.size();
    value.resize(static_cast<std::size_t>(length));
    if (complete) return value;
  }
}

}  // namespace

PageSettings page_settings() { return {setting("url"), setting("token")}; }

}  // namespace everysock::platform
