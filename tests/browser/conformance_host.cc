// What the conformance program asks of its host, where that is a page or Node.js.
#include <emscripten/em_asm.h>
#include <emscripten/em_js.h>

#include <string>

#include "host.h"

EM_JS_DEPS(everysock_conformance_host, "$FS,$NODEFS,$stringToUTF8");

namespace everysock::conformance {
namespace {

// In Node.js, paths are those of the machine. Runs before main(), where files live: on the first thread.
[[maybe_unused]] const bool mounted = [] {
  // clang-format off
  MAIN_THREAD_EM_ASM({
    if (!ENVIRONMENT_IS_NODE) return;
    FS.mkdir('/machine');
    FS.mount(NODEFS, { root: '/' }, '/machine');
    FS.chdir('/machine' + process.cwd());
  });
  // clang-format on
  return true;
}();

}  // namespace

std::string host_os() {
  return MAIN_THREAD_EM_ASM_INT({ return ENVIRONMENT_IS_NODE ? 1 : 0; }) != 0 ? "node" : "browser";
}

std::string host_kernel() {
  std::string kernel(80, '\0');
  // clang-format off
  MAIN_THREAD_EM_ASM({
    const name = ENVIRONMENT_IS_NODE ? 'Node.js ' + process.version
                                     : navigator.userAgent.match(/(Chrome|Firefox|Version).[0-9.]+/)?.[0];
    stringToUTF8(name || navigator.userAgent, $0, $1);
  }, kernel.data(), kernel.size());
  // clang-format on
  return kernel.c_str();
}

// No git here: whoever starts the program says it (--commit).
std::string commit_of(const std::string&) { return "unknown"; }

}  // namespace everysock::conformance
