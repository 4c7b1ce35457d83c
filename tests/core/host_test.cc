#include "everysock/host.h"

#include <doctest/doctest.h>

#include "everysock/address.h"

namespace everysock {
namespace {

TEST_CASE("numeric text becomes an address, other text stays a name") {
  CHECK(Host("127.0.0.1").is_ipv4());
  CHECK(Host("::1").is_ipv6());
  CHECK(Host("::ffff:1.2.3.4").is_ipv6());
  for (const char* name :
       {"", "localhost", "<broadcast>", "127.1", "1.2.3.4 ", "01.2.3.4", "256.1.1.1", "fe80::1%lo", "1::2::3"}) {
    CAPTURE(name);
    CHECK(Host(name).is_name());
    CHECK(Host(name).str() == name);
  }
}

TEST_CASE("hosts compare as addresses") {
  CHECK(Host("0:0:0:0:0:0:0:1") == "::1");
  CHECK(Host("ABCD::") == "abcd::");
  CHECK(Host("127.0.0.1") != Host("::ffff:127.0.0.1"));
  CHECK(Host("a") != Host("A"));
  CHECK(Host("::1") == std::string("0:0::1"));
}

TEST_CASE("addresses as text") {
  CHECK(to_string(InetAddress{"10.0.0.1", 80}) == "10.0.0.1:80");
  CHECK(to_string(Inet6Address{"::1", 80}) == "[::1]:80");
  CHECK(to_string(Inet6Address{"fe80::1", 80, 0, 2}) == "[fe80::1%2]:80");
  CHECK(to_string(UnixAddress{"/run/x"}) == "/run/x");
  CHECK(to_string(UnixAddress{}) == "(unnamed)");
  CHECK(to_string(UnixAddress{std::string_view("\0a\0b", 4)}) == "@a\\x00\\x62");
  CHECK(to_string(Address()) == "(none)");
  CHECK(to_string(OpaqueAddress{AddressFamily(40), "\x01\xff"}) == "(family 40) 01ff");
  CHECK(family_of(UnixAddress{}) == af_unix);
  CHECK(family_of(Address()) == af_unspec);
}

TEST_CASE("InlineText remembers what it could not keep") {
  const InlineText<4> kept("abcd"), cut("abcde");
  CHECK(kept == "abcd");
  CHECK_FALSE(kept.too_long());
  CHECK(cut.too_long());
  CHECK(cut.size() == 5);
  CHECK(cut.view() == "abcd");
  CHECK(cut != kept);
  CHECK(cut != InlineText<4>("abcdef"));
  CHECK(kept == std::string("abcd"));
}

}  // namespace
}  // namespace everysock
