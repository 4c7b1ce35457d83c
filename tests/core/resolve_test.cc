// From the address a program gives to the one a backend gets.
#include <doctest/doctest.h>

#include <string>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

Address bound(AddressFamily family, const Address& address) {
  FakeBackend backend;
  Socket socket = backend.make_socket(family);
  const auto done = socket.bind(address);
  CHECK_MESSAGE(done, (done ? "" : done.error().message()));
  CHECK(backend.calls["getaddrinfo"] == 0);
  return backend.last_address;
}

Error refused(AddressFamily family, const Address& address) {
  FakeBackend backend;
  Socket socket = backend.make_socket(family);
  const auto done = socket.bind(address);
  REQUIRE_FALSE(done);
  CHECK(backend.calls["bind"] == 0);
  return done.error();
}

TEST_CASE("numeric hosts, wildcards and the broadcast address need no resolver") {
  CHECK(bound(af_inet, InetAddress{"127.0.0.1", 80}) == Address(InetAddress{"127.0.0.1", 80}));
  CHECK(bound(af_inet, InetAddress{"", 0}) == Address(InetAddress{"0.0.0.0", 0}));
  CHECK(bound(af_inet, InetAddress{"<broadcast>", 9}) == Address(InetAddress{"255.255.255.255", 9}));
  CHECK(bound(af_inet6, InetAddress{"", 65535}) == Address(Inet6Address{"::", 65535, 0, 0}));
  CHECK(bound(af_inet6, Inet6Address{"fe80::1", 1, 0xfffff, 3}) == Address(Inet6Address{"fe80::1", 1, 0xfffff, 3}));
  CHECK(bound(af_unix, UnixAddress{""}) == Address(UnixAddress{""}));
}

TEST_CASE("what cannot be an address") {
  CHECK(refused(af_inet, InetAddress{"127.0.0.1", -1}).message() == "bind: port must be 0-65535, not -1 [usage]");
  CHECK(refused(af_inet, InetAddress{"127.0.0.1", 65536}) == UsageErrc::port_out_of_range);
  CHECK(refused(af_inet6, Inet6Address{"::1", 1, 0x100000}) == UsageErrc::flowinfo_out_of_range);
  CHECK(refused(af_inet, Inet6Address{"::1", 1}) == UsageErrc::address_form);
  CHECK(refused(af_inet6, UnixAddress{"/x"}) == UsageErrc::address_form);
  CHECK(refused(af_inet6, InetAddress{"<broadcast>", 1}) == UsageErrc::address_form);
  CHECK(refused(af_unix, InetAddress{"/x", 1}) == UsageErrc::address_form);
  CHECK(refused(af_inet, Address()) == UsageErrc::address_required);
  CHECK(refused(af_inet, InetAddress{std::string("a\0b", 3), 1}) == UsageErrc::embedded_nul);
  CHECK(refused(AddressFamily(77), InetAddress{"", 1}) == UsageErrc::bad_family);
}

TEST_CASE("lengths of AF_UNIX names") {
  const auto path = [](std::size_t size) { return UnixAddress{std::string(size, 'p')}; };
  const auto abstract = [](std::size_t size) { return UnixAddress{std::string(1, '\0') + std::string(size - 1, 'a')}; };
  CHECK(bound(af_unix, path(107)) == Address(path(107)));
  CHECK(refused(af_unix, path(108)).message() ==
        "bind: AF_UNIX path too long: 108 bytes, at most 107 (108 for an abstract name) [usage]");
  CHECK(refused(af_unix, path(5000)) == UsageErrc::path_too_long);
  CHECK(bound(af_unix, abstract(108)) == Address(abstract(108)));
  CHECK(refused(af_unix, abstract(109)) == UsageErrc::path_too_long);
  CHECK(refused(af_unix, UnixAddress{std::string("a\0b", 3)}) == UsageErrc::embedded_nul);
}

TEST_CASE("names are looked up, once, for the socket's family") {
  FakeBackend backend;
  Socket socket = backend.make_socket(af_inet6, sock_dgram);
  backend.lookups = {
      std::vector<AddressInfo>{{af_inet6, sock_dgram, ipproto_udp, "", Inet6Address{"fe80::7", 0, 0, 4}},
                               {af_inet6, sock_dgram, ipproto_udp, "", Inet6Address{"fe80::8", 0, 0, 0}}}};
  CHECK(socket.sendto("x", {"printer%eth0", 9}) == 1);
  CHECK(backend.last_query.host == "printer%eth0");
  CHECK(backend.last_query.family == af_inet6);
  CHECK(backend.last_address == Address(Inet6Address{"fe80::7", 9, 0, 4}));
  CHECK(socket.sendto("x", {"nowhere", 9}).error() == Error(Operation::sendto, GaiErrc::noname));
}

TEST_CASE("only connect takes no address at all") {
  FakeBackend backend;
  Socket socket = backend.make_socket(af_inet, sock_dgram);
  CHECK(socket.connect(Address()));
  CHECK(socket.sendto("x", Address()).error() == UsageErrc::address_required);
}

}  // namespace
}  // namespace everysock
