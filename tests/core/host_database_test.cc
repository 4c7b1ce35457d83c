// gethostbyname and its relatives: what core makes of a resolver's answers.
#include <doctest/doctest.h>

#include <string>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

using Infos = std::vector<AddressInfo>;

Infos one(const Address& address) { return {{family_of(address), sock_dgram, ipproto_udp, "", address}}; }

TEST_CASE("gethostbyname: numbers and the two special names need no resolver") {
  FakeBackend backend;
  CHECK(gethostbyname("10.1.2.3", backend).value() == "10.1.2.3");
  CHECK(gethostbyname("", backend).value() == "0.0.0.0");
  CHECK(gethostbyname("<broadcast>", backend).value() == "255.255.255.255");
  CHECK(gethostbyname_ex("10.1.2.3", backend).value() == HostEntry{"10.1.2.3", {}, {"10.1.2.3"}});
  CHECK(gethostbyname_ex("", backend).error() == HostErrc::no_recovery);
  CHECK(gethostbyaddr("", backend).error() == GaiErrc::noname);
  CHECK(backend.calls["getaddrinfo"] == 0);
  CHECK(backend.calls["gethostbyname_ex"] == 0);
}

TEST_CASE("gethostbyname asks for IPv4 and takes the first answer") {
  FakeBackend backend;
  backend.lookups = {one(InetAddress{"10.0.0.1", 0})};
  CHECK(gethostbyname("host", backend).value() == "10.0.0.1");
  CHECK(backend.last_query.family == af_inet);
  backend.lookups = {one(Inet6Address{"::1", 0})};  // what no resolver should answer
  CHECK(gethostbyname("host", backend).error() == GaiErrc::family);
}

TEST_CASE("gethostbyname_ex: where the name leads nowhere, getaddrinfo says why") {
  FakeBackend backend;
  backend.lookups = {Result<Infos>(fail(Operation::getaddrinfo, GaiErrc::addrfamily))};
  const auto entry = gethostbyname_ex("host", backend);
  CHECK(entry.error().message() == "gethostbyname_ex: Address family for hostname not supported [EAI_ADDRFAMILY]");
  backend.lookups = {one(InetAddress{"10.0.0.1", 0})};  // it has one: the database's own failure
  CHECK(gethostbyname_ex("host", backend).error().message() == "gethostbyname_ex: Unknown host [HOST_NOT_FOUND]");
  backend.entries = {Result<HostEntry>(fail(Operation::gethostbyname_ex, Errc::eacces))};
  CHECK(gethostbyname_ex("host", backend).error() == Errc::eacces);
}

TEST_CASE("gethostbyaddr resolves a name first") {
  FakeBackend backend;
  backend.lookups = {one(Inet6Address{"fd00::1", 0})};
  backend.entries = {HostEntry{"host", {"alias"}, {"fd00::1"}}};
  CHECK(gethostbyaddr("name", backend).value().aliaslist == std::vector<std::string>{"alias"});
  CHECK(backend.last_query.family == af_unspec);
  CHECK(backend.last_address == Address(Inet6Address{"fd00::1", 0}));
  CHECK(gethostbyaddr("10.0.0.1", backend).error().message() == "gethostbyaddr: Unknown host [HOST_NOT_FOUND]");
  CHECK(gethostbyaddr("no-name", backend).error() == GaiErrc::noname);
}

TEST_CASE("getfqdn: the first name with a dot, the primary name, or what was given") {
  FakeBackend backend;
  const auto fqdn = [&](HostEntry entry) {
    backend.entries = {std::move(entry)};
    return getfqdn("10.0.0.1", backend).value();
  };
  CHECK(fqdn({"a.example", {"b.example"}, {"10.0.0.1"}}) == "a.example");
  CHECK(fqdn({"a", {"b", "c.example", "d.example"}, {"10.0.0.1"}}) == "c.example");
  CHECK(fqdn({"a", {"b"}, {"10.0.0.1"}}) == "a");
  CHECK(getfqdn("  10.0.0.1\n", backend).value() == "10.0.0.1");  // no entry
  CHECK(getfqdn("no-such-host", backend).value() == "no-such-host");
  for (const char* own : {"", "  ", "0.0.0.0", "::"}) CHECK(getfqdn(own, backend).value() == "fake");
  CHECK(getfqdn(std::string_view("a\0b", 3), backend).error() == UsageErrc::embedded_nul);
  CHECK(getfqdn("a..b", backend).error().message() == "getfqdn: a label of the host name is empty or too long [usage]");
}

TEST_CASE("services and protocols: arguments") {
  FakeBackend backend;
  CHECK(getservbyname("http", "tcp", backend).value() == 80);
  CHECK(backend.last_protocol == "tcp");
  CHECK(getservbyname("http", std::nullopt, backend).value() == 80);
  CHECK(backend.last_protocol == std::nullopt);
  CHECK(getservbyport(80, "udp", backend).value() == "http");
  CHECK(backend.last_protocol == "udp");
  CHECK(getservbyport(65536, {}, backend).error().message() ==
        "getservbyport: port must be 0-65535, not 65536 [usage]");
  CHECK(getservbyport(-1, {}, backend).error() == UsageErrc::port_out_of_range);
  const std::string_view nul("a\0b", 3);
  CHECK(getservbyname(nul, {}, backend).error() == UsageErrc::embedded_nul);
  CHECK(getservbyname("http", nul, backend).error() == UsageErrc::embedded_nul);
  CHECK(getservbyport(80, nul, backend).error() == UsageErrc::embedded_nul);
  CHECK(getprotobyname(nul, backend).error() == UsageErrc::embedded_nul);
  CHECK(sethostname(nul, backend).error() == UsageErrc::embedded_nul);
  CHECK(getprotobyname("tcp", backend).value() == ipproto_tcp);
}

}  // namespace
}  // namespace everysock
