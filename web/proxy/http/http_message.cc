#include "web/proxy/http/http_message.h"

#include <algorithm>

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>

#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

namespace beast = boost::beast;

beast::string_view as_beast(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::size_t HttpRequest::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), [name](const auto& field) {
    return text::equal_ignoring_case(field.first, name);
  }));
}

std::optional<std::string_view> HttpRequest::single(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [field, value] : fields) {
    if (!text::equal_ignoring_case(field, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

bool HttpRequest::lists_token(std::string_view name, std::string_view token) const {
  for (const auto& [field, value] : fields) {
    if (!text::equal_ignoring_case(field, name)) continue;
    for (const std::string_view item : text::split(value, ',')) {
      if (text::equal_ignoring_case(text::trim(item), token)) return true;
    }
  }
  return false;
}

HttpResponse HttpResponse::text(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.fields.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.body = text::join(text, "\n");
  return response;
}

std::string serialize_header(const HttpResponse& response, bool keep_alive) {
  namespace http = beast::http;
  http::response<http::empty_body> message(http::int_to_status(static_cast<unsigned>(response.status)), 11);
  for (const auto& [name, value] : response.fields) message.insert(as_beast(name), as_beast(value));
  if (response.status != 101) {
    message.set(http::field::connection, keep_alive ? "keep-alive" : "close");
    // RFC 9110 15.4.5: a 304 has no body, and a length would speak of the one it stands for.
    if (response.status != 304) message.set(http::field::content_length, std::to_string(response.content_length()));
    message.set("Cross-Origin-Opener-Policy", "same-origin");
    message.set("Cross-Origin-Embedder-Policy", "require-corp");
    message.set("Cross-Origin-Resource-Policy", "same-origin");
    message.set("X-Content-Type-Options", "nosniff");
    message.set(http::field::cache_control, "no-cache");
  }
  http::response_serializer<http::empty_body> serializer(message);
  std::string out;
  beast::error_code error;
  while (!error && !serializer.is_header_done()) {
    serializer.next(error, [&](beast::error_code&, const auto& buffers) {
      std::size_t size = 0;
      for (const auto& buffer : beast::buffers_range_ref(buffers)) {
        out.append(static_cast<const char*>(buffer.data()), buffer.size());
        size += buffer.size();
      }
      serializer.consume(size);
    });
  }
  return out;
}

}  // namespace everysock::proxy
