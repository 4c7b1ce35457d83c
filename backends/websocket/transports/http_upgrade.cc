#include "backends/websocket/transports/http_upgrade.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/serializer.hpp>

#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/transports/websocket_accept.h"

namespace everysock::websocket {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

beast::string_view view(std::string_view text) { return {text.data(), text.size()}; }

// The whole of a message without a body.
std::string serialize(http::request<http::empty_body>& request) {
  std::string text;
  http::serializer<true, http::empty_body> serializer(request);
  beast::error_code error;
  while (!serializer.is_done() && !error) {
    serializer.next(error, [&](beast::error_code&, const auto& buffers) {
      std::size_t size = 0;
      for (const auto buffer : beast::buffers_range_ref(buffers)) {
        text.append(static_cast<const char*>(buffer.data()), buffer.size());
        size += buffer.size();
      }
      serializer.consume(size);
    });
  }
  return text;
}

}  // namespace

struct HttpUpgrade::Parser : http::response_parser<http::empty_body> {};

HttpUpgrade::HttpUpgrade(const WebsocketUrl& url, std::string_view nonce) : parser_(std::make_unique<Parser>()) {
  constexpr std::uint32_t longest_header = 16 * 1024;
  parser_->header_limit(longest_header);
  parser_->skip(true);  // an answer that is no upgrade may have a body, which does not matter
  const std::string key = absl::Base64Escape({nonce.data(), nonce.size()});
  accept_ = websocket_accept(key);
  http::request<http::empty_body> request(http::verb::get, view(url.target), 11);
  request.set(http::field::host, view(url.authority));
  request.set(http::field::upgrade, "websocket");
  request.set(http::field::connection, "Upgrade");
  request.set(http::field::sec_websocket_version, "13");
  request.set(http::field::sec_websocket_key, view(key));
  request.set(http::field::sec_websocket_protocol, view(subprotocol));
  request_ = serialize(request);
}

HttpUpgrade::~HttpUpgrade() = default;

std::size_t HttpUpgrade::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && state_ == State::reading) {
    beast::error_code error;
    const std::size_t n = parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += n;
    if (parser_->is_header_done()) {
      judge();
    } else if (error && error != http::error::need_more) {
      fail(absl::StrCat("the server's answer is no HTTP: ", error.message()));
    } else if (n == 0) {
      break;  // the caller keeps the bytes and comes with more
    }
  }
  return used;
}

void HttpUpgrade::judge() {
  const auto& answer = parser_->get();
  const unsigned status = answer.result_int();
  if (status != 101) {
    refused_ = status == 401 || status == 403;
    const auto reason = answer.reason();
    return fail(absl::StrCat("the server answered ", status, " ", absl::string_view(reason.data(), reason.size())));
  }
  if (!http::token_list(answer[http::field::upgrade]).exists("websocket") ||
      !http::token_list(answer[http::field::connection]).exists("upgrade")) {
    return fail("the server's answer is no upgrade to WebSocket");
  }
  if (answer[http::field::sec_websocket_accept] != view(accept_)) return fail("wrong Sec-WebSocket-Accept");
  if (answer[http::field::sec_websocket_protocol] != view(subprotocol)) {
    return fail(absl::StrCat("the server does not speak ", absl::string_view(subprotocol.data(), subprotocol.size())));
  }
  if (answer.count(http::field::sec_websocket_extensions) > 0) return fail("an extension that was not asked for");
  state_ = State::done;
}

void HttpUpgrade::fail(std::string problem) {
  problem_ = std::move(problem);
  state_ = State::failed;
}

}  // namespace everysock::websocket
