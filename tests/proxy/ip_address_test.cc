#include "web/proxy/policy/ip_address.h"

#include <doctest/doctest.h>

#include <string>

namespace everysock::proxy {
namespace {

std::string destination(const char* text) {
  const auto address = IpAddress::destination(Host(text));
  return address ? address->str() : "(none)";
}

std::string literal(const char* text) {
  const auto address = IpAddress::literal(Host(text));
  return address ? address->str() : "(none)";
}

TEST_CASE("every way to write an IPv4 address leads to it") {
  CHECK(destination("10.1.2.3") == "10.1.2.3");
  CHECK(destination("::ffff:10.1.2.3") == "10.1.2.3");
  CHECK(destination("::ffff:0a01:0203") == "10.1.2.3");
  CHECK(destination("64:ff9b::10.1.2.3") == "10.1.2.3");
  CHECK(destination("2002:0a01:0203::1") == "10.1.2.3");
  CHECK(destination("::10.1.2.3") == "10.1.2.3");
}

TEST_CASE("connecting to no address in particular is connecting to this machine") {
  CHECK(destination("0.0.0.0") == "127.0.0.1");
  CHECK(destination("::") == "::1");
  CHECK(destination("::ffff:0.0.0.0") == "127.0.0.1");
  CHECK(literal("0.0.0.0") == "0.0.0.0");
  CHECK(literal("::") == "::");
}

TEST_CASE("what is bound is taken literally, but for IPv4-mapped addresses") {
  CHECK(literal("::ffff:127.0.0.1") == "127.0.0.1");
  CHECK(literal("64:ff9b::7f00:1") == "64:ff9b::7f00:1");
  CHECK(literal("2002:7f00:1::") == "2002:7f00:1::");
}

TEST_CASE("other IPv6 addresses stay what they are") {
  CHECK(destination("::1") == "::1");
  CHECK(destination("2001:db8::1") == "2001:db8::1");
  CHECK(destination("64:ff9b:1::7f00:1") == "64:ff9b:1::7f00:1");
  CHECK_FALSE(IpAddress::destination(Host("::1"))->translated());
  CHECK(IpAddress::destination(Host("64:ff9b::1.2.3.4"))->translated());
  CHECK(IpAddress::destination(Host("2002:102:304::"))->translated());
  CHECK_FALSE(IpAddress::destination(Host("::ffff:1.2.3.4"))->translated());
}

TEST_CASE("names are no addresses") { CHECK(destination("localhost") == "(none)"); }

TEST_CASE("kinds of addresses") {
  const auto of = [](const char* text) { return *IpAddress::literal(Host(text)); };
  CHECK(of("127.255.0.1").is_loopback());
  CHECK(of("::1").is_loopback());
  CHECK_FALSE(of("128.0.0.1").is_loopback());
  CHECK_FALSE(of("::2").is_loopback());
  CHECK(of("169.254.169.254").is_link_local());
  CHECK(of("fe80::1").is_link_local());
  CHECK(of("febf::1").is_link_local());
  CHECK_FALSE(of("fec0::1").is_link_local());
  CHECK(of("224.0.0.1").is_multicast());
  CHECK(of("ff02::1").is_multicast());
  CHECK(of("10.0.0.1").is_private());
  CHECK(of("172.31.0.1").is_private());
  CHECK_FALSE(of("172.32.0.1").is_private());
  CHECK(of("192.168.1.1").is_private());
  CHECK(of("100.64.0.1").is_private());
  CHECK(of("fd00::1").is_private());
  CHECK_FALSE(of("8.8.8.8").is_private());
}

}  // namespace
}  // namespace everysock::proxy
