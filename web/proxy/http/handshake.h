// Who may talk to the proxy at all: the Host and Origin of a request, and the WebSocket opening handshake (RFC
// 6455 4.2).
#ifndef EVERYSOCK_WEB_PROXY_HTTP_HANDSHAKE_H_
#define EVERYSOCK_WEB_PROXY_HTTP_HANDSHAKE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/proxy/http/http_message.h"
#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

inline constexpr std::string_view kSubprotocol = "everysock.v1";

// Exact lists. A page on another site can make a browser connect here (the WebSocket then carries its Origin), or point
// a name of its own at this address (then the name shows in Host): both are told by these fields and by nothing else.
class Gate {
 public:
  Gate(std::vector<std::string> hosts, std::vector<std::string> origins)
      : hosts_(std::move(hosts)), origins_(std::move(origins)) {}

  // "https://example.org:8443" or "null": what a browser writes. The error says what was expected.
  static Parsed<std::string> parse_origin(std::string_view text);
  // "example.org" or "example.org:8443".
  static Parsed<std::string> parse_host(std::string_view text);

  bool allows_host(std::string_view host) const;
  // The listed origins, and that of the pages the proxy serves itself: http(s):// and the (allowed) Host.
  bool allows_origin(std::string_view origin, std::string_view host) const;

  // What to answer to any request whose Host field is missing, doubled (400) or not in the list (403).
  std::optional<HttpResponse> refuse_host(const HttpRequest& request) const;

  // The answer to a request that asks for a WebSocket: 101 with the accept key; 400 (malformed, or another
  // subprotocol), 405, 426 (another version). With the 101 goes a refusal where Host or Origin is not in its list. A
  // client that sends no Origin is no browser and passes.
  HttpResponse upgrade(const HttpRequest& request) const;

 private:
  std::vector<std::string> hosts_;
  std::vector<std::string> origins_;
};

bool wants_websocket(const HttpRequest& request);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_HANDSHAKE_H_
