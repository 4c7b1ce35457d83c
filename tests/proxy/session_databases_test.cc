// The databases of hosts, services and protocols, and the name of the machine.
#include <doctest/doctest.h>

#include <string>

#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

TEST_CASE("the host database: as lookups, by rule") {
  const ProxyFixture proxy({"--allow-connect", "db.invalid:5432"});
  TestClient client = TestClient::greeted(proxy.port());
  client.add(0, ws::GetHostByNameEx{.request = 1, .name = "localhost"}).flush();
  CHECK(client.expect<ws::HostEntryReply>(0).hostname == "localhost");
  client.add(0, ws::GetHostByAddr{.request = 2, .address = InetAddress{"127.0.0.1", 0}}).flush();
  const auto entry = client.expect<ws::HostEntryReply>(0);
  CHECK(entry.hostname == "localhost");
  REQUIRE(entry.addresses.size() == 1);
  CHECK(entry.addresses[0].address == Address(InetAddress{"127.0.0.1", 0}));
  client.add(0, ws::GetHostByNameEx{.request = 3, .name = "www.example.org"}).flush();
  CHECK(client.expect_failed(0, 3) == Errc::eacces);
  client.add(0, ws::GetHostByAddr{.request = 4, .address = InetAddress{"192.0.2.1", 0}}).flush();
  CHECK(client.expect_failed(0, 4) == Errc::eacces);
  client.add(0, ws::GetHostByAddr{.request = 5, .address = UnixAddress{"/run/x"}}).flush();
  CHECK_FALSE(client.expect_failed(0, 5) == Errc::ok);
}

TEST_CASE("a name that a NUL ends early for the system is no name") {
  const ProxyFixture proxy({"--allow-connect", "*.invalid:5432", "--backend", "memory"});
  TestClient client = TestClient::greeted(proxy.port());
  const std::string_view disguised("10.0.0.5\0.db.invalid", 20);
  client
      .add(0, ws::GetAddrInfo{.request = 1,
                              .host = disguised,
                              .service = "80",
                              .family = af_inet,
                              .type = sock_stream,
                              .proto = {},
                              .flags = {}})
      .flush();
  CHECK(client.expect_failed(0, 1) == UsageErrc::embedded_nul);
  client.add(0, ws::GetHostByNameEx{.request = 2, .name = disguised}).flush();
  CHECK(client.expect_failed(0, 2) == UsageErrc::embedded_nul);
  client.add(0, ws::GetServByName{.request = 3, .name = "http", .protocol = disguised}).flush();
  CHECK(client.expect_failed(0, 3) == UsageErrc::embedded_nul);
  client.add(0, ws::GetServByPort{.request = 4, .port = 80, .protocol = disguised}).flush();
  CHECK(client.expect_failed(0, 4) == UsageErrc::embedded_nul);
  client.add(0, ws::GetProtoByName{.request = 5, .name = disguised}).flush();
  CHECK(client.expect_failed(0, 5) == UsageErrc::embedded_nul);
  client.add(0, ws::SetHostName{.request = 6, .name = disguised}).flush();
  CHECK(client.expect_failed(0, 6) == UsageErrc::embedded_nul);
}

TEST_CASE("services and protocols are for every client") {
  const ProxyFixture proxy;
  TestClient client = TestClient::greeted(proxy.port());
  client.add(0, ws::GetServByName{.request = 1, .name = "http", .protocol = "tcp"}).flush();
  CHECK(client.expect<ws::ServicePort>(0).port == 80);
  client.add(0, ws::GetServByPort{.request = 2, .port = 53, .protocol = "udp"}).flush();
  CHECK(client.expect<ws::ServiceName>(0).name == "domain");
  client.add(0, ws::GetProtoByName{.request = 3, .name = "icmp"}).flush();
  CHECK(client.expect<ws::ProtocolNumber>(0).number == ipproto_icmp);
  client.add(0, ws::GetServByName{.request = 4, .name = "http", .protocol = "nonsense"}).flush();
  CHECK(client.expect_failed(0, 4) == UsageErrc::service_not_found);
  client.add(0, ws::GetServByPort{.request = 5, .port = 54321, .protocol = {}}).flush();
  CHECK(client.expect_failed(0, 5) == UsageErrc::port_not_found);
  client.add(0, ws::GetProtoByName{.request = 6, .name = "nonsense"}).flush();
  CHECK(client.expect_failed(0, 6) == UsageErrc::protocol_not_found);
}

TEST_CASE("the machine's name is the clients' to set by rule only, a simulated machine's always") {
  {
    const ProxyFixture proxy({"--allow-lookup", "*"});
    TestClient client = TestClient::greeted(proxy.port());
    client.add(0, ws::SetHostName{.request = 1, .name = "another"}).flush();
    CHECK(client.expect_failed(0, 1) == Errc::eacces);
  }
  const ProxyFixture proxy({"--backend", "memory", "--allow-lookup", "*"});
  TestClient client = TestClient::greeted(proxy.port());
  client.add(0, ws::SetHostName{.request = 1, .name = "another"}).flush();
  CHECK(client.expect<ws::Done>(0).request == 1);
  client.add(0, ws::SetHostName{.request = 2, .name = std::string(65, 'x')}).flush();
  CHECK(client.expect_failed(0, 2) == Errc::einval);
  TestClient later(proxy.port());
  REQUIRE(later.upgrade().starts_with("HTTP/1.1 101 "));
  later.hello();
  CHECK(later.expect<ws::ServerHello>(0).hostname == "another");
}

}  // namespace
}  // namespace everysock::proxy
