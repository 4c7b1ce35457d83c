#include <doctest/doctest.h>

#include <string>

#include "web/proxy/http/handshake.h"
#include "web/proxy/http/http_message.h"
#include "web/proxy/http/http_parser.h"
#include "web/proxy/http/http_service.h"

namespace everysock::proxy {
namespace {

// The status of what the parser says to `text`, 0 if it wants more, 200 for a request.
int parse_status(const std::string& text) {
  HttpParser parser;
  parser.feed(text);
  if (parser.error()) return parser.error()->status;
  return parser.has_request() ? 200 : 0;
}

TEST_CASE("a request in pieces") {
  const std::string text = "GET /a?b HTTP/1.1\r\nHost: x\r\nX-List: a, B\r\nx-list: c\r\n\r\nGET /second";
  for (std::size_t step = 1; step < text.size(); ++step) {
    HttpParser parser;
    std::string pending;
    for (std::size_t i = 0; i < text.size() && !parser.has_request(); i += step) {
      pending += text.substr(i, step);
      pending.erase(0, parser.feed(pending));
    }
    REQUIRE(parser.has_request());
    const HttpRequest request = parser.take_request();
    CHECK(request.method == "GET");
    CHECK(request.target == "/a?b");
    CHECK(request.keep_alive);
    CHECK(request.single("HOST") == "x");
    CHECK_FALSE(request.single("x-list"));
    CHECK(request.count("x-list") == 2);
    CHECK(request.lists_token("X-List", "b"));
    CHECK(request.lists_token("X-List", "c"));
    CHECK_FALSE(request.lists_token("X-List", "d"));
  }
}

TEST_CASE("requests that are refused") {
  CHECK(parse_status("GET / HTTP/1.1\r\n\r\n") == 200);
  CHECK(parse_status("GET / HTTP/1.1\r\nHost: x\r\n") == 0);
  CHECK(parse_status("GET / HTTP/9.1\r\n\r\n") == 400);
  CHECK(parse_status("GE T / HTTP/1.1\r\n\r\n") == 400);
  CHECK(parse_status("GET /\x01 HTTP/1.1\r\n\r\n") == 400);
  CHECK(parse_status("GET / HTTP/1.1\r\nBad Header: x\r\n\r\n") == 400);
  CHECK(parse_status("GET / HTTP/1.1\r\nNo colon\r\n\r\n") == 400);
  CHECK(parse_status("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS, not HTTP\r\n\r\n") == 400);
  CHECK(parse_status("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello") == 413);
  CHECK(parse_status("GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n") == 400);
  CHECK(parse_status("GET / HTTP/1.1\r\nX: " + std::string(HttpParser::kMaxHeader, 'x')) == 431);
  CHECK(parse_status("GET /" + std::string(HttpParser::kMaxHeader, 'x')) == 431);
}

TEST_CASE("every response makes a page cross-origin isolated") {
  const std::string header = serialize_header(HttpResponse::text(200, "hi"), true);
  CHECK(header.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(header.ends_with("\r\n\r\n"));
  for (const char* field :
       {"Content-Length: 3\r\n", "Connection: keep-alive\r\n", "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cross-Origin-Embedder-Policy: require-corp\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n",
        "X-Content-Type-Options: nosniff\r\n", "Cache-Control: no-cache\r\n"}) {
    CAPTURE(field);
    CHECK(header.find(field) != std::string::npos);
  }
}

// A valid upgrade request, with changes: an empty value leaves the field out.
HttpRequest upgrade_request(std::vector<std::pair<std::string, std::string>> changes = {}) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/";
  request.fields = {{"Host", "127.0.0.1:8765"},
                    {"Upgrade", "websocket"},
                    {"Connection", "keep-alive, Upgrade"},
                    {"Origin", "http://127.0.0.1:8765"},
                    {"Sec-WebSocket-Version", "13"},
                    {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                    {"Sec-WebSocket-Protocol", "chat, everysock.v1"}};
  for (const auto& [name, value] : changes) {
    std::erase_if(request.fields, [&, n = name](const auto& field) { return field.first == n; });
    if (!value.empty()) request.fields.emplace_back(name, value);
  }
  return request;
}

const Gate gate({"127.0.0.1:8765", "localhost:8765", "proxy.example.org"}, {"https://app.example.org"});

int upgrade_status(std::vector<std::pair<std::string, std::string>> changes) {
  return gate.upgrade(upgrade_request(std::move(changes))).status;
}

// Why a well-formed request is let in only to be turned away; "" if it is welcome.
std::string refusal(std::vector<std::pair<std::string, std::string>> changes) {
  const HttpResponse response = gate.upgrade(upgrade_request(std::move(changes)));
  CHECK(response.status == 101);
  return response.refusal ? std::string(websocket::reason(*response.refusal)) : "";
}

TEST_CASE("an upgrade") {
  const HttpResponse response = gate.upgrade(upgrade_request());
  CHECK(response.status == 101);
  const std::string header = serialize_header(response, true);
  CHECK(header.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);
  CHECK(header.find("Sec-WebSocket-Protocol: everysock.v1\r\n") != std::string::npos);
  CHECK(header.find("Content-Length") == std::string::npos);
}

TEST_CASE("who may come in") {
  CHECK(refusal({{"Origin", ""}}) == "");  // no browser
  CHECK(refusal({{"Origin", "https://app.example.org"}}) == "");
  CHECK(refusal({{"Origin", "HTTPS://APP.EXAMPLE.ORG"}}) == "");
  CHECK(refusal({{"Origin", "https://127.0.0.1:8765"}}) == "");           // behind TLS
  CHECK(refusal({{"Origin", "http://localhost:8765"}}) == "bad-origin");  // another origin than the Host
  CHECK(refusal({{"Host", "localhost:8765"}, {"Origin", "http://localhost:8765"}}) == "");
  CHECK(refusal({{"Origin", "https://evil.example"}}) == "bad-origin");
  CHECK(refusal({{"Origin", "https://app.example.org.evil.example"}}) == "bad-origin");
  CHECK(refusal({{"Origin", "http://app.example.org"}}) == "bad-origin");
  CHECK(refusal({{"Origin", "null"}}) == "bad-origin");
  CHECK(refusal({{"Host", "evil.example:8765"}, {"Origin", "http://evil.example:8765"}}) == "bad-host");  // rebinding
  CHECK(refusal({{"Host", "127.0.0.1"}}) == "bad-host");
  CHECK(refusal({{"Host", "127.0.0.1:8766"}}) == "bad-host");
  CHECK(refusal({{"Host", "proxy.example.org"}, {"Origin", "https://proxy.example.org"}}) == "");
  CHECK(upgrade_status({{"Host", ""}}) == 400);
}

TEST_CASE("what an upgrade needs") {
  CHECK(upgrade_status({{"Sec-WebSocket-Version", "12"}}) == 426);
  CHECK(upgrade_status({{"Sec-WebSocket-Version", ""}}) == 426);
  CHECK(upgrade_status({{"Sec-WebSocket-Key", ""}}) == 400);
  CHECK(upgrade_status({{"Sec-WebSocket-Key", "c2hvcnQ="}}) == 400);
  CHECK(upgrade_status({{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ***"}}) == 400);
  CHECK(upgrade_status({{"Sec-WebSocket-Protocol", ""}}) == 400);
  CHECK(upgrade_status({{"Sec-WebSocket-Protocol", "everysock.v2"}}) == 400);
  HttpRequest twice = upgrade_request();
  twice.fields.emplace_back("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  CHECK(gate.upgrade(twice).status == 400);
  twice = upgrade_request();
  twice.fields.emplace_back("Host", "127.0.0.1:8765");
  CHECK(gate.upgrade(twice).status == 400);
  twice = upgrade_request();
  twice.fields.emplace_back("Origin", "https://evil.example");
  CHECK(gate.upgrade(twice).status == 400);
  HttpRequest old = upgrade_request();
  old.version = 10;
  CHECK(gate.upgrade(old).status == 400);
  HttpRequest post = upgrade_request();
  post.method = "POST";
  CHECK(gate.upgrade(post).status == 405);
}

TEST_CASE("what is asked for") {
  const HttpService service(gate, std::nullopt, MetricsAccess::loopback, [] { return std::string("metric 1\n"); });
  const Address here = InetAddress{"127.0.0.1", 4000};
  const Address there = InetAddress{"192.0.2.1", 4000};
  CHECK(service.respond(upgrade_request(), here).status == 101);
  HttpRequest request;
  request.method = "GET";
  request.target = "/metrics";
  CHECK(service.respond(request, here).status == 400);
  request.fields = {{"Host", "localhost:8765"}};
  CHECK(service.respond(request, here).body == "metric 1\n");
  CHECK(service.respond(request, Inet6Address{"::1", 4000}).status == 200);
  CHECK(service.respond(request, there).status == 403);
  request.method = "POST";
  CHECK(service.respond(request, here).status == 405);
  request = {.method = "GET", .target = "/", .fields = {{"Host", "localhost:8765"}}};
  CHECK(service.respond(request, here).status == 404);
  request.fields = {{"Host", "evil.example"}};
  CHECK(service.respond(request, here).status == 403);
}

TEST_CASE("lists of hosts and origins") {
  CHECK(Gate::parse_origin("https://App.example.org:8443").value() == "https://app.example.org:8443");
  CHECK(Gate::parse_origin("http://[::1]:80").value() == "http://[::1]:80");
  CHECK(Gate::parse_origin("null").value() == "null");
  for (const char* text : {"", "*", "example.org", "https://", "https://a/", "https://a:b", "ftp://a", "https://a b"}) {
    CAPTURE(text);
    CHECK(Gate::parse_origin(text).error() ==
          "expected an origin as browsers write it, 'https://example.org' or 'http://localhost:8080'");
  }
  CHECK(Gate::parse_host("Example.org:8443").value() == "example.org:8443");
  CHECK(Gate::parse_host("https://a").error() ==
        "expected a host as browsers write it, 'example.org' or 'example.org:8443'");
}

}  // namespace
}  // namespace everysock::proxy
