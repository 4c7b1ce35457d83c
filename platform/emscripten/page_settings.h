// Where a page's program, or Node.js's, finds its proxy.
#ifndef EVERYSOCK_PLATFORM_EMSCRIPTEN_PAGE_SETTINGS_H_
#define EVERYSOCK_PLATFORM_EMSCRIPTEN_PAGE_SETTINGS_H_

#include <string>

namespace everysock::platform {

struct PageSettings {
  std::string url;    // "": the origin that the page came from
  std::string token;  // "": none
};

// What the page has put into `Module.everysock`, an object with url and token; in Node.js otherwise what the
// environment says, EVERYSOCK_PROXY_URL and EVERYSOCK_PROXY_TOKEN. Any thread; it asks the page's own.
PageSettings page_settings();

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_EMSCRIPTEN_PAGE_SETTINGS_H_
