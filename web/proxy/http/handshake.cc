#include "web/proxy/http/handshake.h"

#include <algorithm>

#include "absl/strings/escaping.h"

#include "backends/websocket/transports/websocket_accept.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr std::string_view kOneHost = "One Host field is needed.";

bool lists(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(),
                     [text](const auto& item) { return text::equal_ignoring_case(item, text); });
}

bool is_authority(std::string_view text) {
  if (text.empty() || text.front() == ':') return false;
  std::string_view port;
  const auto close = text.find(']');
  const auto colon = text.find(':', close == std::string_view::npos ? 0 : close);
  if (colon != std::string_view::npos) {
    port = text.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !text::all_digits(port)) return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alphanumeric(c) || std::string_view("-._:[]").find(c) != std::string_view::npos;
  });
}

bool is_websocket_key(std::string_view key) {
  std::string nonce;
  return key.size() == 24 && absl::Base64Unescape({key.data(), key.size()}, &nonce) && nonce.size() == 16;
}

}  // namespace

bool wants_websocket(const HttpRequest& request) {
  return request.lists_token("Upgrade", "websocket") && request.lists_token("Connection", "upgrade");
}

Parsed<std::string> Gate::parse_origin(std::string_view text) {
  std::string_view authority = text;
  if (text == "null" || ((text::consume_prefix(authority, "https://") || text::consume_prefix(authority, "http://")) &&
                         is_authority(authority))) {
    return text::lower(text);
  }
  return tl::unexpected(
      std::string("expected an origin as browsers write it, 'https://example.org' or 'http://localhost:8080'"));
}

Parsed<std::string> Gate::parse_host(std::string_view text) {
  if (is_authority(text)) return text::lower(text);
  return tl::unexpected(std::string("expected a host as browsers write it, 'example.org' or 'example.org:8443'"));
}

bool Gate::allows_host(std::string_view host) const { return lists(hosts_, host); }

bool Gate::allows_origin(std::string_view origin, std::string_view host) const {
  return lists(origins_, origin) || text::equal_ignoring_case(origin, text::join("http://", host)) ||
         text::equal_ignoring_case(origin, text::join("https://", host));
}

std::optional<HttpResponse> Gate::refuse_host(const HttpRequest& request) const {
  const auto host = request.single("Host");
  if (!host) return HttpResponse::text(400, kOneHost);
  if (allows_host(*host)) return std::nullopt;
  return HttpResponse::text(403, "This Host is not served here. (everysock-proxy --host adds one.)");
}

HttpResponse Gate::upgrade(const HttpRequest& request) const {
  const auto host = request.single("Host");
  if (!host) return HttpResponse::text(400, kOneHost);
  if (request.method != "GET") return HttpResponse::text(405, "A WebSocket is asked for with GET.");
  if (request.version != 11) return HttpResponse::text(400, "A WebSocket needs HTTP/1.1.");
  if (request.count("Origin") > 1) return HttpResponse::text(400, "There may be one Origin field only.");
  if (request.single("Sec-WebSocket-Version") != "13") {
    HttpResponse response = HttpResponse::text(426, "WebSocket version 13 is needed.");
    response.fields.emplace_back("Sec-WebSocket-Version", "13");
    return response;
  }
  const auto key = request.single("Sec-WebSocket-Key");
  if (!key || !is_websocket_key(*key)) {
    return HttpResponse::text(400, "Sec-WebSocket-Key has to be 16 bytes in base64.");
  }
  if (!request.lists_token("Sec-WebSocket-Protocol", kSubprotocol)) {
    return HttpResponse::text(400, text::join("The WebSocket subprotocol here is ", kSubprotocol, "."));
  }
  HttpResponse response;
  response.status = 101;
  response.fields.emplace_back("Upgrade", "websocket");
  response.fields.emplace_back("Connection", "Upgrade");
  response.fields.emplace_back("Sec-WebSocket-Accept", websocket::websocket_accept(*key));
  response.fields.emplace_back("Sec-WebSocket-Protocol", kSubprotocol);
  const auto origin = request.single("Origin");
  if (!allows_host(*host)) {
    response.refusal = websocket::ProtocolError::bad_host;
  } else if (origin && !allows_origin(*origin, *host)) {
    response.refusal = websocket::ProtocolError::bad_origin;
  }
  return response;
}

}  // namespace everysock::proxy
