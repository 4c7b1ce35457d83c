// The native transport's parts that do no I/O: URLs, the HTTP upgrade, framing.
#include <doctest/doctest.h>

#include "backends/websocket/transports/http_upgrade.h"
#include "backends/websocket/transports/websocket_framing.h"
#include "backends/websocket/transports/websocket_url.h"
#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

WebsocketUrl url(std::string_view text) {
  const auto parsed = parse_websocket_url(text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

// The nonce of RFC 6455's example, "the sample nonce".
constexpr std::string_view nonce = "the sample nonce";
constexpr std::string_view accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

std::string answer(std::string_view status = "101 Switching Protocols", std::string_view key = accept,
                   std::string_view protocol = "everysock.v1", std::string_view more = "") {
  std::string text =
      "HTTP/1.1 " + std::string(status) + "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
  text += "Sec-WebSocket-Accept: " + std::string(key) + "\r\n";
  text += "Sec-WebSocket-Protocol: " + std::string(protocol) + "\r\n";
  return text + std::string(more) + "\r\n";
}

struct Listener final : TransportListener {
  void opened() override {}
  void message(std::string_view bytes) override { messages.emplace_back(bytes); }
  void text_message() override { ++texts; }
  void closed(const LinkEnd&) override {}
  void tick() override {}
  std::string next_message() override { return ""; }
  std::vector<std::string> messages;
  int texts = 0;
};

}  // namespace

TEST_CASE("url: taken apart") {
  CHECK(url("ws://example.org").host == "example.org");
  CHECK(url("ws://example.org").port == "80");
  CHECK(url("ws://example.org").target == "/");
  CHECK(url("WS://h:8088/a/b?c=d#e").target == "/a/b?c=d");
  CHECK(url("ws://h:8088/a").authority == "h:8088");
  CHECK(url("ws://h?q").target == "/?q");
  CHECK(url("ws://[::1]:99/x").host == "::1");
  CHECK(url("ws://[::1]:99/x").port == "99");
  CHECK(url("ws://[::1]").authority == "[::1]");
}

TEST_CASE("url: refused with a reason") {
  for (const std::string_view text : {"", "http://h", "wss://h", "ws://", "ws://:80", "ws://h:65536", "ws://h:8x",
                                      "ws://[::1", "ws://[::1]x", "ws://u:p@h", "ws://h/a b", "ws://h/\r\nX: y"}) {
    CAPTURE(text);
    const auto parsed = parse_websocket_url(text);
    CHECK(!parsed);
    if (!parsed) CHECK(parsed.error().size() > 10);
  }
  CHECK(parse_websocket_url("wss://h").error().find("wss://") != std::string::npos);
}

TEST_CASE("upgrade: what is asked for") {
  const HttpUpgrade upgrade(url("ws://h:8088/es"), nonce);
  const std::string& request = upgrade.request();
  CHECK(request.rfind("GET /es HTTP/1.1\r\n", 0) == 0);
  for (const std::string_view line :
       {"Host: h:8088\r\n", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n", "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Sec-WebSocket-Protocol: everysock.v1\r\n"}) {
    CAPTURE(line);
    CHECK(request.find(line) != std::string::npos);
  }
  CHECK(request.substr(request.size() - 4) == "\r\n\r\n");
}

TEST_CASE("upgrade: a good answer, in pieces of any size, and what follows it") {
  const std::string whole = answer() + "\x82\x01x";
  for (std::size_t size = 1; size <= whole.size(); ++size) {
    HttpUpgrade upgrade(url("ws://h"), nonce);
    std::string buffered;
    std::size_t position = 0;
    while (upgrade.state() == HttpUpgrade::State::reading && position < whole.size()) {
      buffered += whole.substr(position, size);
      position += size;
      buffered.erase(0, upgrade.feed(buffered));
    }
    CAPTURE(size);
    CHECK(upgrade.problem() == "");
    REQUIRE(upgrade.state() == HttpUpgrade::State::done);
    buffered += position < whole.size() ? whole.substr(position) : "";
    CHECK(buffered == "\x82\x01x");
  }
}

TEST_CASE("upgrade: bad answers") {
  const auto problem = [](std::string_view text) {
    HttpUpgrade upgrade(url("ws://h"), nonce);
    upgrade.feed(text);
    CHECK(upgrade.state() == HttpUpgrade::State::failed);
    return std::pair(upgrade.problem(), upgrade.refused());
  };
  CHECK(problem(answer("200 OK")).first == "the server answered 200 OK");
  CHECK(problem(answer("403 Forbidden")).second);
  CHECK(problem(answer("401 Unauthorized")).second);
  CHECK(!problem(answer("404 Not Found")).second);
  CHECK(problem(answer("101 Switching Protocols", "AAAA")).first == "wrong Sec-WebSocket-Accept");
  CHECK(problem(answer("101 Switching Protocols", accept, "chat")).first == "the server does not speak everysock.v1");
  CHECK(problem(answer("101 X", accept, "everysock.v1", "Sec-WebSocket-Extensions: permessage-deflate\r\n")).first ==
        "an extension that was not asked for");
  CHECK(problem("HTTP/1.1 101 X\r\n\r\n").first == "the server's answer is no upgrade to WebSocket");
  CHECK(problem("220 smtp.example.org ESMTP\r\n").first.find("no HTTP") != std::string::npos);
  CHECK(problem("HTTP/1.1 200 OK\r\nX: " + std::string(20000, 'x') + "\r\n\r\n").first.find("no HTTP") !=
        std::string::npos);
}

TEST_CASE("framing: messages go out masked and whole") {
  Listener listener;
  WebsocketFraming framing(listener);
  for (const std::size_t size : {1u, 125u, 126u, 65535u, 65536u, 300000u}) {
    CAPTURE(size);
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i);
    framing.send(text);
    const std::string_view out = framing.output();
    REQUIRE(out.size() > 6);
    CHECK(static_cast<unsigned char>(out[0]) == 0x82);
    CHECK((out[1] & 0x80) != 0);
    const std::size_t header = size < 126 ? 2 : size < 65536 ? 4 : 10;
    REQUIRE(out.size() == header + 4 + size);
    std::string plain(out.substr(header + 4));
    for (std::size_t i = 0; i < size; ++i) plain[i] = static_cast<char>(plain[i] ^ out[header + i % 4]);
    CHECK((plain == text));
    framing.written(10 < out.size() ? 10 : out.size());
    framing.written(framing.output().size());
    CHECK(framing.output().empty());
  }
}

TEST_CASE("framing: what comes in") {
  Listener listener;
  WebsocketFraming framing(listener);
  framing.receive(
      "\x82\x03"
      "abc"
      "\x02\x02"
      "de");
  framing.receive(
      "\x80\x01"
      "f");
  REQUIRE(listener.messages.size() == 2);
  CHECK(listener.messages[0] == "abc");
  CHECK(listener.messages[1] == "def");
  framing.receive("\x81\x01t");
  CHECK(listener.texts == 1);
  framing.receive(std::string_view("\x89\x02hi", 4));
  CHECK(framing.output().size() == 2 + 4 + 2);  // a pong
  CHECK(!framing.finished());
  framing.receive(
      std::string_view("\x88\x0b\x03\xf0"
                       "bad-token",
                       13));
  CHECK(framing.finished());
  CHECK(framing.end().code == 1008);
  CHECK(framing.end().reason == "bad-token");
}

TEST_CASE("framing: a server that breaks RFC 6455") {
  Listener listener;
  WebsocketFraming framing(listener);
  SUBCASE("a masked frame") { framing.receive(std::string_view("\x82\x81\0\0\0\0x", 7)); }
  SUBCASE("a reserved bit") { framing.receive("\xc2\x01x"); }
  SUBCASE("a message too long") { framing.receive(std::string_view("\x82\x7f\0\0\0\0\0\x10\0\x01x", 11)); }
  CHECK(framing.finished());
  CHECK(framing.end().code == 1006);
  CHECK(listener.messages.empty());
}

}  // namespace everysock::websocket
