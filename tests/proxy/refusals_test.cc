// What a client must not send, and what the proxy says to it, word for word: at the door, and whatever is too large,
// too many or out of turn behind it. (Malformed frames: session_test.cc and tests/websocket/malformed_test.cc.)
#include <doctest/doctest.h>

#include <string>

#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

ws::Open open_stream(std::uint32_t request) { return {request, af_inet, sock_stream, {}}; }

// How a client that has said hello, and then what `send` sends, is hung up on.
template <typename Send>
CloseFrame close_after(const ProxyFixture& proxy, Send send) {
  TestClient client = TestClient::greeted(proxy.port());
  send(client);
  client.flush();
  return client.read_close();
}

// The same for a client that says this hello.
CloseFrame close_after_hello(const ProxyFixture& proxy, const ws::ClientHello& hello) {
  TestClient client(proxy.port());
  REQUIRE(client.upgrade().starts_with("HTTP/1.1 101 "));
  client.add(ws::session_handle, hello).flush();
  return client.read_close();
}

TEST_CASE("refusals: at the door, with a status and a reason") {
  const ProxyFixture proxy;
  const auto answer = [&](const TestClient::Fields& changes) {
    TestClient client(proxy.port());
    const std::string header = client.upgrade(changes);
    return header.substr(9, header.find('\r') - 9) + ": " + client.read_to_end();
  };
  CHECK(answer({{"X-Large", std::string(20000, 'x')}}) ==
        "431 Request Header Fields Too Large: The header is larger than 16384 bytes.\n");
  CHECK(answer({{"Content-Length", "5"}}) == "413 Payload Too Large: Requests with a body are not served.\n");
  CHECK(answer({{"Connection", "Upgrade, close"}, {"Sec-WebSocket-Protocol", "everysock.v2"}}) ==
        "400 Bad Request: The WebSocket subprotocol here is everysock.v1.\n");
}

TEST_CASE("refusals: hellos with too much in them") {
  const ProxyFixture proxy;
  const std::string text(ws::max_token + 1, 't');
  ws::ClientHello hello;
  hello.token = text;
  CHECK(close_after_hello(proxy, hello) == CloseFrame{1002, "bad-value"});
  hello.token = {};
  hello.agent = std::string_view(text).substr(0, ws::max_agent + 1);
  CHECK(close_after_hello(proxy, hello) == CloseFrame{1002, "bad-value"});
  hello.agent = {};
  hello.window = ws::max_credit + 1u;
  CHECK(close_after_hello(proxy, hello) == CloseFrame{1002, "bad-value"});
}

TEST_CASE("refusals: frames out of turn") {
  const ProxyFixture proxy;
  const auto pair = [](TestClient& client) {
    client.add(1, ws::OpenPair{.request = 1, .family = af_unix, .kind = sock_dgram, .protocol = {}, .second = 2});
  };
  CHECK(close_after(proxy, [&](TestClient& client) {
          pair(client);
          client.add(2, open_stream(2));
        }) == CloseFrame{1002, "handle-in-use"});
  CHECK(close_after(proxy, [&](TestClient& client) {
          client.add(2, open_stream(2));
          pair(client);
        }) == CloseFrame{1002, "handle-in-use"});
  CHECK(close_after(proxy, [](TestClient& client) {
          client.add(3, ws::OpenPair{.request = 1, .family = af_unix, .kind = sock_dgram, .protocol = {}, .second = 3});
        }) == CloseFrame{1002, "handle-in-use"});
  // A lookup of the proxy's is pending until the end of its turn at least.
  CHECK(close_after(proxy, [](TestClient& client) {
          for (int i = 0; i < 2; ++i) {
            client.add(0, ws::GetAddrInfo{.request = 7,
                                          .host = "127.0.0.1",
                                          .service = {},
                                          .family = {},
                                          .type = {},
                                          .proto = {},
                                          .flags = {}});
          }
        }) == CloseFrame{1002, "request-in-use"});
  CHECK(close_after(proxy, [](TestClient& client) {
          client.open(1);
          client.add(1, ws::Close{.request = 50}).add(1, ws::Credit{1});
        }) == CloseFrame{1002, "unknown-handle"});
}

TEST_CASE("refusals: frames and datagrams that are too large") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  CHECK(close_after(proxy, [](TestClient& client) {
          client.open(1);
          client.add(1, ws::Data{{std::string(ws::max_stream_data + 1, 'x')}});
        }) == CloseFrame{1009, "frame-too-large"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1, af_inet, sock_dgram);
  const std::string longest(65507, 'x');
  client.add(1, ws::Datagram{.request = 50, .address = InetAddress{"127.0.0.1", 9}, .data = {longest}}).flush();
  CHECK(client.expect<ws::Done>(1).request == 50);
  client.add(1, ws::Credit{1});
  client.add(1, ws::Datagram{.request = 51, .address = InetAddress{"127.0.0.1", 9}, .data = {longest + "x"}}).flush();
  CHECK(client.expect_failed(1, 51) == Errc::emsgsize);
}

TEST_CASE("refusals: more requests pending than are allowed") {
  const ProxyFixture proxy;
  // Without credit nobody reads the other end, so datagrams wait, each for its reply.
  TestClient client = TestClient::greeted(proxy.port(), "", 0);
  constexpr int pairs = 3;
  constexpr int datagrams = 1000;  // each
  std::uint32_t request = 100;
  for (ws::WireHandle handle = 1; handle < 2 * pairs; handle += 2) {
    client.add(handle, ws::OpenPair{
                           .request = 50, .family = af_unix, .kind = sock_dgram, .protocol = {}, .second = handle + 1});
    client.flush();
    client.expect<ws::Done>(handle);
  }
  for (ws::WireHandle handle = 1; handle < 2 * pairs; handle += 2) {
    for (int i = 0; i < datagrams; ++i) {
      client.add(handle, ws::Datagram{.request = request++, .address = {}, .data = {"x"}});
    }
    client.flush();
  }
  client.add(0, ws::Ping{1}).flush();
  int taken = 0;
  int refused = 0;
  for (;;) {
    const ws::Frame frame = client.read_frame();
    if (std::holds_alternative<ws::Pong>(frame.body)) break;
    if (std::holds_alternative<ws::Done>(frame.body)) ++taken;
    const auto* failed = std::get_if<ws::Failed>(&frame.body);
    if (failed == nullptr) continue;
    CHECK(failed->error == Errc::enobufs);
    ++refused;
  }
  // What the system takes at once is its own choice. Of the others 1024 wait.
  CHECK(refused > 0);
  CHECK(refused == pairs * datagrams - taken - 1024);
}

}  // namespace
}  // namespace everysock::proxy
