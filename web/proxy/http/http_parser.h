// Bytes to HTTP requests, without I/O: Boost.Beast's parser behind a small face.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_HTTP_PARSER_H_
#define EVERYSOCK_WEB_PROXY_HTTP_HTTP_PARSER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "web/proxy/http/http_message.h"

namespace everysock::proxy {

class HttpParser {
 public:
  // The request line and all fields together; more gives 431.
  static constexpr std::size_t kMaxHeader = 16u << 10;

  HttpParser();
  ~HttpParser();

  // Takes what has arrived and not been consumed yet, from its first byte; returns how much of it is done with. After
  // that either request() or error() may be set; otherwise more bytes are needed, behind those not consumed.
  std::size_t feed(std::string_view bytes);

  // A complete request; take_request() makes the parser ready for the next one.
  bool has_request() const noexcept { return complete_; }
  HttpRequest take_request();

  // What to answer before closing: 400 (malformed), 413 (a body: no request here needs one) or 431.
  std::optional<HttpResponse>& error() noexcept { return error_; }

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::optional<HttpResponse> error_;
  bool complete_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_HTTP_PARSER_H_
