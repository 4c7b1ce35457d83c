// Names: lookups, AF_UNIX names, pairs; and the memory backend behind the proxy.
#include <doctest/doctest.h>

#include <string>

#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

ws::GetAddrInfo ask(std::uint32_t request, std::optional<std::string_view> host) {
  return {.request = request,
          .host = host,
          .service = "80",
          .family = af_inet,
          .type = sock_stream,
          .proto = {},
          .flags = {}};
}

TEST_CASE("lookups: numbers and localhost always, the rest by rule") {
  const ProxyFixture proxy({"--allow-connect", "db.invalid:5432"});
  TestClient client = TestClient::greeted(proxy.port());
  client.add(0, ask(1, "127.0.0.1")).flush();
  const auto numeric = client.expect<ws::AddressList>(0);
  REQUIRE(numeric.addresses.size() == 1);
  CHECK(numeric.addresses[0].address == Address(InetAddress{"127.0.0.1", 80}));
  client.add(0, ask(2, "localhost")).flush();
  CHECK(client.expect<ws::AddressList>(0).addresses[0].address == Address(InetAddress{"127.0.0.1", 80}));
  client.add(0, ask(3, "www.example.org")).flush();
  CHECK(client.expect_failed(0, 3) == Errc::eacces);
  client.add(0, ask(4, std::nullopt)).flush();
  CHECK(client.expect<ws::AddressList>(0).request == 4);
  client
      .add(0,
           ws::GetNameInfo{
               .request = 5, .flags = ni_numerichost | ni_numericserv, .address = InetAddress{"192.0.2.1", 80}})
      .flush();
  CHECK(client.expect<ws::NameInfoReply>(0).host == "192.0.2.1");
  client.add(0, ws::GetNameInfo{.request = 6, .flags = {}, .address = InetAddress{"192.0.2.1", 80}}).flush();
  CHECK(client.expect_failed(0, 6) == Errc::eacces);
  client.add(0, ws::IfNameIndex{.request = 7}).flush();
  CHECK(client.expect_failed(0, 7) == Errc::eacces);
}

TEST_CASE("with --allow-lookup '*' the machine's own names show") {
  const ProxyFixture proxy({"--allow-lookup", "*"});
  TestClient client(proxy.port());
  REQUIRE(client.upgrade().starts_with("HTTP/1.1 101 "));
  client.hello();
  const auto hello = client.expect<ws::ServerHello>(0);
  CHECK(hello.hostname == gethostname().value());
  CHECK(hello.backend == "posix");
  CHECK(hello.ping_interval == 25000);
  CHECK(hello.max_sockets == 256);
  const auto raw = static_cast<std::size_t>(Feature::raw);
  REQUIRE(hello.supports.size() > raw);
  CHECK(hello.supports[raw].level == SupportLevel::unsupported);
  client.add(0, ws::IfNameToIndex{.request = 1, .name = "lo"}).flush();
  const std::uint32_t index = client.expect<ws::InterfaceIndex>(0).index;
  CHECK(index == if_nametoindex("lo").value());
  client.add(0, ws::IfIndexToName{.request = 2, .index = index}).flush();
  CHECK(client.expect<ws::InterfaceNameReply>(0).name == "lo");
  client.add(0, ws::IfNameIndex{.request = 3}).flush();
  CHECK(client.expect<ws::InterfaceList>(0).interfaces.size() == if_nameindex().value().size());
  client.add(0, ws::IfNameToIndex{.request = 4, .name = "nonsense"}).flush();
  CHECK(client.expect_failed(0, 4) == Errc::enodev);
}

void test_unix_names(const ProxyFixture& proxy, const UnixAddress& name, Errc missing) {
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1, af_unix);
  client.open(2, af_unix);
  CHECK(client.failing_connect(2, name) == missing);
  client.add(1, ws::Bind{.request = 50, .address = name}).flush();
  CHECK(client.expect<ws::Done>(1).local == Address(name));
  client.add(1, ws::Listen{.request = 51, .backlog = 5, .accept_credit = 5}).flush();
  CHECK(client.expect<ws::Done>(1).local == Address(name));
  client.add(2, ws::Connect{.request = 52, .address = name}).flush();
  // The reply and the accepted connection come in either order.
  ws::Done connected;
  ws::Accepted accepted;
  for (int i = 0; i < 2; ++i) {
    const ws::Frame frame = client.read_frame();
    if (const auto* done = std::get_if<ws::Done>(&frame.body)) connected = *done;
    if (const auto* push = std::get_if<ws::Accepted>(&frame.body)) accepted = *push;
  }
  CHECK(connected.request == 52);
  CHECK(connected.peer == Address(name));
  CHECK(accepted.local == Address(name));
  CHECK(accepted.peer == Address(UnixAddress{}));
  client.add(2, ws::Data{{"through the proxy"}}).flush();
  CHECK(client.read_data(accepted.accepted, 17) == "through the proxy");

  // Somebody else's client has names of its own.
  TestClient other = TestClient::greeted(proxy.port());
  other.open(1, af_unix);
  CHECK(other.failing_connect(1, name) == missing);
  other.add(1, ws::Bind{.request = 53, .address = name}).flush();
  CHECK(other.expect<ws::Done>(1).local == Address(name));
  for (const auto& [path, error] :
       {std::pair("/nowhere/x", Errc::enoent), std::pair("/tmp/../tmp/a/b", Errc::enoent)}) {
    other.open(2, af_unix);
    other.add(2, ws::Bind{.request = 60, .address = UnixAddress{path}}).flush();
    CHECK(other.expect_failed(2, 60) == error);
    other.add(2, ws::Close{.request = 61}).flush();
    other.expect<ws::Done>(2);
  }
  // Within one client a name is taken once.
  client.open(3, af_unix);
  client.add(3, ws::Bind{.request = 54, .address = name}).flush();
  CHECK(client.expect_failed(3, 54) == Errc::eaddrinuse);
}

TEST_CASE("AF_UNIX names belong to the client") {
  const ProxyFixture proxy;
  SUBCASE("a path") { test_unix_names(proxy, UnixAddress{"/run/server.sock"}, Errc::enoent); }
  SUBCASE("a path as long as there is") {
    test_unix_names(proxy, UnixAddress{"/tmp/" + std::string(103, 'x')}, Errc::enoent);
  }
  SUBCASE("an abstract name") {
    test_unix_names(proxy, UnixAddress{std::string("\0any\0thing\xff", 11)}, Errc::econnrefused);
  }
}

TEST_CASE("an abstract name ends with its socket, a path stays") {
  const ProxyFixture proxy;
  TestClient client = TestClient::greeted(proxy.port());
  for (const UnixAddress& name : {UnixAddress{std::string("\0name", 5)}, UnixAddress{"path"}}) {
    client.open(1, af_unix);
    client.add(1, ws::Bind{.request = 50, .address = name}).flush();
    client.expect<ws::Done>(1);
    client.add(1, ws::Close{.request = 51}).flush();
    client.expect<ws::Done>(1);
    client.open(1, af_unix);
    client.add(1, ws::Bind{.request = 52, .address = name}).flush();
    if (name.is_abstract()) {
      client.expect<ws::Done>(1);
    } else {
      CHECK(client.expect_failed(1, 52) == Errc::eaddrinuse);
      CHECK(client.failing_connect(1, UnixAddress{"./path"}) == Errc::econnrefused);
    }
    client.add(1, ws::Close{.request = 53}).flush();
    client.expect<ws::Done>(1);
  }
}

TEST_CASE("an unnamed bind takes a name of the system's choice") {
  const ProxyFixture proxy;
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1, af_unix, sock_dgram);
  client.open(2, af_unix, sock_dgram);
  client.add(1, ws::Bind{.request = 50, .address = UnixAddress{}}).flush();
  const Address name = client.expect<ws::Done>(1).local;
  CHECK(std::get<UnixAddress>(name).is_abstract());
  client.add(2, ws::Datagram{.request = 51, .address = name, .data = {"hi"}}).flush();
  bool delivered = false;
  for (int i = 0; i < 2; ++i) {
    const ws::Frame frame = client.read_frame();
    if (const auto* datagram = std::get_if<ws::Datagram>(&frame.body)) delivered = datagram->data.bytes == "hi";
  }
  CHECK(delivered);
}

TEST_CASE("pairs") {
  const ProxyFixture proxy;
  TestClient client = TestClient::greeted(proxy.port());
  for (const SocketKind kind : {sock_stream, sock_dgram, sock_seqpacket}) {
    const std::uint32_t base = 10 * kind.value();
    client.add(base, ws::OpenPair{.request = base, .family = af_unix, .kind = kind, .protocol = {}, .second = base + 1})
        .flush();
    CHECK(client.expect<ws::Done>(base).request == base);
    if (kind == sock_stream) {
      client.add(base, ws::Data{{"one"}}).flush();
      CHECK(client.expect<ws::Data>(base + 1).data.bytes == "one");
    } else {
      client.add(base, ws::Datagram{.request = 0, .address = {}, .data = {"one"}});
      client.add(base, ws::Datagram{.request = 0, .address = {}, .data = {""}});
      client.add(base, ws::Datagram{.request = 0, .address = {}, .data = {"two"}}).flush();
      for (const char* text : {"one", "", "two"}) CHECK(client.expect<ws::Datagram>(base + 1).data.bytes == text);
    }
    client.add(base, ws::Close{.request = base}).flush();
    // The reply and the other's end, if it has one, come in either order.
    const bool has_end = kind != sock_dgram;
    for (int i = 0; i < (has_end ? 2 : 1); ++i) client.read_frame();
  }
}

TEST_CASE("the memory backend: a network without the machine's") {
  const ProxyFixture proxy({"--backend", "memory", "--allow-connect", "*", "--allow-bind", "*"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  client.add(1, ws::Bind{.request = 50, .address = InetAddress{"127.0.0.1", 7}}).flush();
  CHECK(client.expect<ws::Done>(1).local == Address(InetAddress{"127.0.0.1", 7}));
  client.add(1, ws::Listen{.request = 51, .backlog = 5, .accept_credit = 5}).flush();
  client.expect<ws::Done>(1);
  client.open(2);
  client.add(2, ws::Connect{.request = 52, .address = InetAddress{"127.0.0.1", 7}}).flush();
  ws::WireHandle accepted = 0;
  for (int i = 0; i < 2; ++i) {
    const ws::Frame frame = client.read_frame();
    if (const auto* push = std::get_if<ws::Accepted>(&frame.body)) accepted = push->accepted;
  }
  REQUIRE(accepted != 0);
  client.add(2, ws::Data{{"in memory"}}).flush();
  CHECK(client.read_data(accepted, 9) == "in memory");
  const std::string piece(32768, 'x');
  client.add(accepted, ws::Data{{piece}}).flush();
  CHECK(client.read_data(2, piece.size()) == piece);
  test_unix_names(proxy, UnixAddress{"/run/app.sock"}, Errc::enoent);
}

}  // namespace
}  // namespace everysock::proxy
