#include "backends/websocket/transports/websocket_url.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace everysock::websocket {
namespace {

tl::unexpected<std::string> refuse(std::string_view why) { return tl::unexpected(std::string(why)); }

// What may stand in a request line or a Host field without breaking out of it.
bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

tl::expected<WebsocketUrl, std::string> parse_websocket_url(std::string_view text) {
  constexpr std::string_view scheme = "ws://";
  if (absl::StartsWithIgnoreCase({text.data(), text.size()}, "wss://")) {
    return refuse("wss:// is not spoken by the native transport: use ws:// to a proxy nearby, or a tunnel");
  }
  if (!absl::StartsWithIgnoreCase({text.data(), text.size()}, "ws://")) {
    return refuse("the proxy's URL must begin with ws://");
  }
  std::string_view rest = text.substr(scheme.size());
  if (!printable(rest)) return refuse("the proxy's URL holds blanks or other characters that need escaping");
  if (const auto fragment = rest.find('#'); fragment != std::string_view::npos) rest = rest.substr(0, fragment);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  if (authority.find('@') != std::string_view::npos) return refuse("the proxy's URL may hold no user name");

  WebsocketUrl url;
  url.authority = authority;
  url.target = rest.substr(end);
  if (url.target.empty() || url.target.front() != '/') url.target.insert(0, "/");
  std::string_view port;
  if (!authority.empty() && authority.front() == '[') {
    const auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) return refuse("the proxy's URL lacks a ]");
    url.host = authority.substr(1, bracket - 1);
    port = authority.substr(bracket + 1);
    if (!port.empty() && port.front() != ':') return refuse("the proxy's URL goes on behind the ]");
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    url.host = authority.substr(0, colon);
    port = authority.substr(colon);
  }
  if (url.host.empty()) return refuse("the proxy's URL names no host");
  url.port = port.size() > 1 ? std::string(port.substr(1)) : "80";
  if (url.port.size() > 5 ||
      !std::all_of(url.port.begin(), url.port.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
      std::stoul(url.port) > 65535) {
    return refuse("the proxy's URL has no port from 0 to 65535");
  }
  return url;
}

}  // namespace everysock::websocket
