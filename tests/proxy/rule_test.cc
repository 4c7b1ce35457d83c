#include "web/proxy/policy/rule.h"

#include <doctest/doctest.h>

#include <string>

namespace everysock::proxy {
namespace {

std::string error_of(const char* text) {
  const auto rule = TargetRule::parse(text);
  return rule ? "(no error)" : rule.error();
}

bool covers(const char* rule, const char* address, std::uint16_t port = 80) {
  return TargetRule::parse(rule).value().covers(*IpAddress::literal(Host(address)), port);
}

TEST_CASE("addresses and blocks") {
  CHECK(covers("10.1.2.3", "10.1.2.3"));
  CHECK_FALSE(covers("10.1.2.3", "10.1.2.4"));
  CHECK(covers("10.0.0.0/8", "10.255.0.1"));
  CHECK_FALSE(covers("10.0.0.0/8", "11.0.0.1"));
  CHECK(covers("10.0.0.0/9", "10.127.0.1"));
  CHECK_FALSE(covers("10.0.0.0/9", "10.128.0.1"));
  CHECK(covers("0.0.0.0/0", "1.2.3.4"));
  CHECK(covers("::1", "::1"));
  CHECK(covers("[::1]", "::1"));
  CHECK(covers("fd00::/8", "fd12::1"));
  CHECK(covers("[fd00::/8]:80", "fd12::1"));
  CHECK(covers("::/0", "2001:db8::1"));
}

TEST_CASE("blocks of one family say nothing about the other") {
  CHECK_FALSE(covers("::/0", "127.0.0.1"));
  CHECK_FALSE(covers("0.0.0.0/0", "::1"));
  CHECK(covers("::ffff:10.0.0.0/104", "10.1.1.1"));
  CHECK(covers("::ffff:10.0.0.1", "10.0.0.1"));
}

TEST_CASE("everything, and everything on this machine") {
  CHECK(covers("*", "1.2.3.4", 0));
  CHECK(covers("*:443", "::1", 443));
  CHECK_FALSE(covers("*:443", "::1", 444));
  CHECK(covers("localhost", "127.0.0.1"));
  CHECK(covers("LocalHost:80", "::1"));
  CHECK_FALSE(covers("localhost", "10.0.0.1"));
}

TEST_CASE("ports") {
  CHECK(covers("10.0.0.1:80", "10.0.0.1", 80));
  CHECK_FALSE(covers("10.0.0.1:80", "10.0.0.1", 81));
  CHECK(covers("10.0.0.1:8000-8999", "10.0.0.1", 8000));
  CHECK(covers("10.0.0.1:8000-8999", "10.0.0.1", 8999));
  CHECK_FALSE(covers("10.0.0.1:8000-8999", "10.0.0.1", 9000));
  CHECK(covers("10.0.0.1:22,80,8000-8001", "10.0.0.1", 8001));
  CHECK(covers("10.0.0.1:*", "10.0.0.1", 65535));
  CHECK(covers("10.0.0.1:0", "10.0.0.1", 0));
}

TEST_CASE("names cover no address by themselves") { CHECK_FALSE(covers("example.org", "127.0.0.1")); }

TEST_CASE("names match whole names, without regard to case and the final dot") {
  const auto matches = [](const char* pattern, const char* name) {
    return NamePattern::parse(pattern).value().matches(name);
  };
  CHECK(matches("example.org", "EXAMPLE.org"));
  CHECK(matches("example.org", "example.org."));
  CHECK(matches("Example.Org.", "example.org"));
  CHECK_FALSE(matches("example.org", "www.example.org"));
  CHECK_FALSE(matches("example.org", "badexample.org"));
  CHECK(matches("*.example.org", "www.example.org"));
  CHECK(matches("B\u00DCCHER.example", "xn--bcher-kva.example"));  // as clients ask for it
  CHECK(matches("*.b\u00FCcher.example", "www.xn--bcher-kva.example"));
  CHECK(matches("*.example.org", "a.b.example.org"));
  CHECK_FALSE(matches("*.example.org", "example.org"));
  CHECK_FALSE(matches("*.example.org", "badexample.org"));
  CHECK(matches("*", "anything"));
}

TEST_CASE("malformed rules say what was expected") {
  CHECK(error_of("") == "expected '*', an IPv4 or IPv6 address or block, or a host name");
  CHECK(error_of(":80") == "expected '*', an IPv4 or IPv6 address or block, or a host name before ':'");
  CHECK(error_of("10.0.0.1:") == "expected a port number from 0 to 65535, not ''");
  CHECK(error_of("10.0.0.1:65536") == "expected a port number from 0 to 65535, not '65536'");
  CHECK(error_of("10.0.0.1:-1") == "expected a port number from 0 to 65535, not ''");
  CHECK(error_of("10.0.0.1:+1") == "expected a port number from 0 to 65535, not '+1'");
  CHECK(error_of("10.0.0.1:http") == "expected a port number from 0 to 65535, not 'http'");
  CHECK(error_of("10.0.0.1:80,") == "expected a port number from 0 to 65535, not ''");
  CHECK(error_of("10.0.0.1:90-80") == "expected the lower port first, not '90-80'");
  CHECK(error_of("10.0.0.1:1-2-3") == "expected a port number from 0 to 65535, not '2-3'");
  CHECK(error_of("10.0.0.0/33") == "expected a prefix length from 0 to 32, not '33'");
  CHECK(error_of("10.0.0.0/") == "expected a prefix length from 0 to 32, not ''");
  CHECK(error_of("10.0.0.0/x") == "expected a prefix length from 0 to 32, not 'x'");
  CHECK(error_of("::/129") == "expected a prefix length from 0 to 128, not '129'");
  CHECK(error_of("10.0.0.1/8") == "expected no bits set beyond the prefix length 8 in '10.0.0.1'");
  CHECK(error_of("::ffff:10.0.0.0/90") == "expected a prefix length of at least 96 after an IPv4-mapped address");
  CHECK(error_of("10.0.0.256") == "expected an IPv4 address of four numbers from 0 to 255, not '10.0.0.256'");
  CHECK(error_of("127.1") == "expected an IPv4 address of four numbers from 0 to 255, not '127.1'");
  CHECK(error_of("example.org/8") == "expected an IPv4 or IPv6 address, not 'example.org'");
  CHECK(error_of("exa mple") == "expected a host name, not 'exa mple'");
  CHECK(error_of("-a.org") == "expected a host name, not '-a.org'");
  CHECK(error_of("a..org") == "expected a host name, not 'a..org'");
  CHECK(error_of("*.") == "expected a host name, not '*.'");
  CHECK(error_of("a*.org") == "expected a host name, not 'a*.org'");
  CHECK(error_of("[::1") == "expected ']' after the IPv6 address");
  CHECK(error_of("[::1]80") == "expected ':' and ports, or nothing, after ']', not '80'");
  CHECK(error_of("[10.0.0.1]:80") == "expected an IPv6 address between '[' and ']', not '10.0.0.1'");
  CHECK(error_of("::1::2") == "expected an IPv6 address, in brackets where ports follow: '[2001:db8::1]:443'");
  CHECK(error_of("fe80::1%eth0") == "expected an IPv6 address, in brackets where ports follow: '[2001:db8::1]:443'");
}

}  // namespace
}  // namespace everysock::proxy
