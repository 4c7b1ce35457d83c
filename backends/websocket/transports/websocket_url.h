// "ws://host:port/path" taken apart.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_URL_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_URL_H_

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace everysock::websocket {

struct WebsocketUrl {
  std::string host;  // without brackets
  std::string port;
  std::string target;     // path and query, at least "/"
  std::string authority;  // for the Host header
};

// The error is for a person: "wss:// is not spoken by the native transport", ...
tl::expected<WebsocketUrl, std::string> parse_websocket_url(std::string_view text);

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_URL_H_
