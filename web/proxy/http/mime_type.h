// Content types by file extension.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_MIME_TYPE_H_
#define EVERYSOCK_WEB_PROXY_HTTP_MIME_TYPE_H_

#include <string_view>

namespace everysock::proxy {

// "text/html; charset=utf-8" for ".html" (with the dot, in any case); "application/octet-stream" for what is unknown.
// Browsers compile a module while it arrives only if it comes as application/wasm.
std::string_view mime_type(std::string_view extension);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_MIME_TYPE_H_
