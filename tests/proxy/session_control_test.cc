// Control messages and passed sockets, over the wire.
#include <doctest/doctest.h>

#include <string>

#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

constexpr std::uint32_t kWindow = 1u << 20;

TestClient connected(const ProxyFixture& proxy, std::uint32_t features = ws::feature_control) {
  TestClient client(proxy.port());
  REQUIRE(client.upgrade().starts_with("HTTP/1.1 101 "));
  ws::ClientHello hello;
  hello.features = features;
  hello.window = kWindow;
  hello.agent = "test";
  client.add(0, hello).flush();
  CHECK(client.expect<ws::ServerHello>(0).features == (features & ws::feature_control));
  return client;
}

void open_pair(TestClient& client, ws::WireHandle first, ws::WireHandle second) {
  client.add(first, ws::OpenPair{first, af_unix, sock_stream, {}, second}).flush();
  client.expect<ws::Done>(first);
}

std::string as_data(ws::WireHandle handle) {
  std::string data;
  for (int shift = 0; shift < 32; shift += 8) data.push_back(static_cast<char>((handle >> shift) & 0xff));
  return data;
}

Error refusal(TestClient& client, ws::WireHandle handle, const std::vector<ws::WireControl>& control) {
  constexpr std::uint32_t request = 1000;
  client.add(handle, ws::Message{request, {}, control, {"x"}}).flush();
  return client.expect<ws::Failed>(handle).error;
}

TEST_CASE("a socket that is passed and closed lives on under a new handle") {
  const ProxyFixture proxy;
  TestClient client = connected(proxy);
  open_pair(client, 1, 2);
  open_pair(client, 3, 4);
  const std::string third = as_data(3);
  client.add(1, ws::Message{10, {}, {{sol_socket, scm_rights, third}}, {"take it"}}).add(3, ws::Close{11}).flush();
  client.expect<ws::Done>(1);
  client.expect<ws::Done>(3);
  const auto passed = client.expect<ws::Passed>(2);
  CHECK(passed.former == 3);
  CHECK(passed.state == ws::PassedState::connected);
  CHECK(passed.family == af_unix);
  const auto message = client.expect<ws::Message>(2);
  CHECK(message.data.bytes == "take it");
  REQUIRE(message.control.size() == 1);
  CHECK(message.control[0].data == as_data(passed.passed));
  client.add(passed.passed, ws::Data{{"from the heir"}}).flush();
  CHECK(client.expect<ws::Data>(4).data.bytes == "from the heir");
  // Nothing is read for it before it has credit.
  client.add(4, ws::Data{{"answer"}}).add(passed.passed, ws::Credit{1000}).flush();
  CHECK(client.expect<ws::Data>(passed.passed).data.bytes == "answer");
  client.add(passed.passed, ws::Close{12}).flush();
  client.expect<ws::Done>(passed.passed);
  client.expect<ws::End>(4);
}

TEST_CASE("control messages that are refused") {
  const ProxyFixture proxy({"--allow-connect", "localhost", "--allow-bind", "localhost"});
  TestClient client = connected(proxy);
  open_pair(client, 1, 2);
  const std::string nobody = as_data(77);
  CHECK(refusal(client, 1, {{sol_socket, scm_rights, nobody}}) == Errc::ebadf);
  const std::string of_somebody = Credentials{1, 12345, 6}.message().data;
  CHECK(refusal(client, 1, {{sol_socket, scm_credentials, of_somebody}}) == Errc::eperm);
  CHECK(refusal(client, 1, {{sol_socket, scm_credentials, "short"}}) == Errc::einval);
  CHECK(refusal(client, 1, {{sol_socket, ControlType(99), "x"}}) == Errc::einval);
  client.add(5, ws::Open{20, af_inet, sock_dgram, {}}).add(5, ws::Connect{21, InetAddress{"127.0.0.1", 9}}).flush();
  client.expect<ws::Done>(5);
  client.expect<ws::Done>(5);
  const std::string source = Ipv4PacketInfo{0, "192.0.2.1", {}}.message().data;
  CHECK(refusal(client, 5, {{ipproto_ip, ip_pktinfo, source}}) == Errc::eacces);
  CHECK(refusal(client, 5, {{ipproto_ipv6, ipv6_rthdr, "x"}}) == Errc::eopnotsupp);
  CHECK(refusal(client, 5, {{ipproto_ip, ControlType(7), "x"}}) == Errc::einval);  // IP_RETOPTS: a source route
}

TEST_CASE("more sockets in messages than the quota has room for") {
  const ProxyFixture proxy({"--max-sockets", "6"});
  TestClient client = connected(proxy);
  open_pair(client, 1, 2);
  open_pair(client, 3, 4);
  const std::string three = as_data(3) + as_data(3) + as_data(3);
  CHECK(refusal(client, 1, {{sol_socket, scm_rights, three}}) == Errc::etoomanyrefs);
}

TEST_CASE("without the feature there are no such frames") {
  const ProxyFixture proxy;
  TestClient client = connected(proxy, 0);
  open_pair(client, 1, 2);
  client.add(1, ws::Message{10, {}, {}, {"x"}}).flush();
  CHECK(client.read_close() == CloseFrame{1002, "unknown-type"});
}

TEST_CASE("messages that break the protocol") {
  const ProxyFixture proxy;
  const auto refused = [&](std::uint32_t request, std::uint8_t flags) {
    TestClient client = connected(proxy);
    open_pair(client, 1, 2);
    client.add(1, ws::Message{request, {}, {}, {"x"}}, flags).flush();
    return client.read_close().reason;
  };
  CHECK(refused(0, 0) == "request-in-use");
  CHECK(refused(5, ws::flag::control_cut) == "bad-flags");
}

}  // namespace
}  // namespace everysock::proxy
