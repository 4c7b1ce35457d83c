#include "web/proxy/http/http_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "web/proxy/text.h"

namespace everysock::proxy {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

HttpResponse refusal(const beast::error_code& error) {
  if (error == http::error::header_limit) {
    return HttpResponse::text(431, text::join("The header is larger than ", HttpParser::kMaxHeader, " bytes."));
  }
  if (error == http::error::body_limit) return HttpResponse::text(413, "Requests with a body are not served.");
  return HttpResponse::text(400, text::join("Malformed HTTP request: ", error.message(), "."));
}

std::string as_string(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct HttpParser::Parser : http::request_parser<http::string_body> {};

HttpParser::HttpParser() { take_request(); }
HttpParser::~HttpParser() = default;

std::size_t HttpParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !complete_ && !error_) {
    beast::error_code error;
    const std::size_t n = parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += n;
    if (error == http::error::need_more) break;
    if (error) {
      error_ = refusal(error);
    } else {
      complete_ = parser_->is_done();
    }
    if (n == 0) break;
  }
  return used;
}

HttpRequest HttpParser::take_request() {
  HttpRequest request;
  if (parser_ != nullptr) {
    const auto& message = parser_->get();
    request.method = as_string(message.method_string());
    request.target = as_string(message.target());
    request.version = static_cast<int>(message.version());
    request.keep_alive = message.keep_alive();
    for (const auto& field : message) {
      request.fields.emplace_back(as_string(field.name_string()), as_string(field.value()));
    }
  }
  parser_ = std::make_unique<Parser>();
  parser_->header_limit(kMaxHeader);
  parser_->body_limit(0);
  parser_->eager(true);
  complete_ = false;
  return request;
}

}  // namespace everysock::proxy
