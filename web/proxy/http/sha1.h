// SHA-1, for the WebSocket handshake alone (RFC 6455 asks for it; nothing here is secured by it).
#ifndef EVERYSOCK_WEB_PROXY_HTTP_SHA1_H_
#define EVERYSOCK_WEB_PROXY_HTTP_SHA1_H_

#include <string>
#include <string_view>

namespace everysock::proxy {

// The 20 bytes of the digest.
std::string sha1(std::string_view bytes);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_SHA1_H_
