// An HTTP request as it came in, and a response as it goes out. Source: RFC 9110, RFC 9112.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_HTTP_MESSAGE_H_
#define EVERYSOCK_WEB_PROXY_HTTP_HTTP_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/websocket/protocol/protocol_error.h"

namespace everysock::proxy {

struct HttpRequest {
  std::string method;
  std::string target;
  int version = 11;  // 10 or 11
  bool keep_alive = true;
  std::vector<std::pair<std::string, std::string>> fields;

  std::size_t count(std::string_view name) const;
  // The value of a field that stands there exactly once; nothing otherwise.
  std::optional<std::string_view> single(std::string_view name) const;
  // Whether a comma-separated list field, on one line or several, has this token. Case does not matter.
  bool lists_token(std::string_view name, std::string_view token) const;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  // The body: this text, or `file_size` bytes of `file`.
  std::string body;
  std::optional<std::ifstream> file;
  std::uint64_t file_size = 0;
  // A WebSocket (status 101) that is opened only to be closed with this: browsers show a page the code and reason of a
  // close frame, but never the status of a handshake.
  std::optional<websocket::ProtocolError> refusal;

  // A status with a line of text for a person.
  static HttpResponse text(int status, std::string_view text);
  std::uint64_t content_length() const noexcept { return file ? file_size : body.size(); }
};

// The status line and the fields, with the ones every response of the proxy carries: Content-Length, Connection and the
// headers that make a page cross-origin isolated, without which browsers give it no threads.
std::string serialize_header(const HttpResponse& response, bool keep_alive);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_HTTP_MESSAGE_H_
