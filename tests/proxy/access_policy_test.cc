#include "web/proxy/policy/access_policy.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "web/proxy/policy/family_rule.h"

namespace everysock::proxy {
namespace {

AccessPolicy policy(std::initializer_list<const char*> connect, std::initializer_list<const char*> bind = {},
                    std::initializer_list<const char*> lookup = {}) {
  AccessPolicy::Rules rules;
  for (const char* text : connect) rules.connect.push_back(TargetRule::parse(text).value());
  for (const char* text : bind) rules.bind.push_back(TargetRule::parse(text).value());
  for (const char* text : lookup) rules.lookup.push_back(NamePattern::parse(text).value());
  return AccessPolicy(std::move(rules));
}

Address v4(const char* host, int port) { return InetAddress{host, port}; }
Address v6(const char* host, int port) { return Inet6Address{host, port}; }

AddressInfo result_for(Address address) { return {family_of(address), sock_stream, ipproto_tcp, "", address}; }

TEST_CASE("nothing is allowed without a rule") {
  const AccessPolicy none;
  CHECK(none.connect(v4("127.0.0.1", 80), {}) == "no --allow-connect rule covers it");
  CHECK(none.bind(v4("127.0.0.1", 0), false) == "no --allow-bind rule covers it");
  CHECK(none.lookup("example.org") == "no --allow-lookup rule covers it");
  CHECK(none.machine_facts().has_value());
  CHECK(none.connect(UnixAddress{"/x"}, {}) == "not an Internet address");
}

TEST_CASE("families other than the Internet's and AF_UNIX") {
  AccessPolicy::Rules rules;
  rules.families = {parse_family("vsock").value(), parse_family("RDS").value()};
  const AccessPolicy some(rules);
  CHECK_FALSE(some.family(af_vsock));
  CHECK_FALSE(some.connect(VsockAddress{2, 1024}, {}));
  CHECK_FALSE(some.bind(VsockAddress{}, false));
  CHECK(some.family(af_netlink) == "no --allow-family rule covers it");
  CHECK(some.connect(NetlinkAddress{}, {}) == "not an Internet address");
  CHECK(some.bind(PacketAddress{"lo", 3}, false) == "not an Internet address");
  CHECK(AccessPolicy().family(af_vsock).has_value());
  // Bytes that a family's name stands in front of are of that family.
  CHECK_FALSE(some.connect(OpaqueAddress{af_vsock, "x"}, {}));
  CHECK(some.connect(OpaqueAddress{af_inet, std::string(14, 'x')}, {}));
  // Internet addresses need rules of their own, in AF_RDS sockets as well.
  CHECK(some.connect(v4("127.0.0.1", 80), {}) == "no --allow-connect rule covers it");
  CHECK(some.bind(v4("127.0.0.1", 80), false) == "no --allow-bind rule covers it");
  for (const char* text : {"", "inet", "AF_VSOCK", "unix", "alg", "vsock "}) {
    CAPTURE(text);
    CHECK_FALSE(parse_family(text));
  }
  CHECK(family_of(Feature::can_fd) == af_can);
  CHECK_FALSE(family_of(Feature::inet_stream));
  CHECK(needs_family_rule(af_packet));
  CHECK_FALSE(needs_family_rule(af_inet6));
}

TEST_CASE("a rule about an address holds for all its spellings, and only then") {
  const AccessPolicy loopback = policy({"127.0.0.1:6379"});
  CHECK_FALSE(loopback.connect(v4("127.0.0.1", 6379), {}));
  CHECK_FALSE(loopback.connect(v4("0.0.0.0", 6379), {}));
  CHECK_FALSE(loopback.connect(v6("::ffff:127.0.0.1", 6379), {}));
  CHECK(loopback.connect(v4("127.0.0.1", 6380), {}));
  CHECK(loopback.connect(v6("::1", 6379), {}));
  // All of IPv6 is allowed, but none of these is an IPv6 destination.
  const AccessPolicy ipv6 = policy({"::/0"});
  CHECK_FALSE(ipv6.connect(v6("2001:db8::1", 80), {}));
  CHECK(ipv6.connect(v6("::ffff:127.0.0.1", 80), {}));
  CHECK(ipv6.connect(v6("::ffff:8.8.8.8", 80), {}));
  CHECK(ipv6.connect(v6("64:ff9b::8.8.8.8", 80), {}));
  CHECK(ipv6.connect(v6("2002:808:808::", 80), {}));
}

TEST_CASE("translated forms count as the IPv4 address inside, and never as a local one") {
  const AccessPolicy all = policy({"*"});
  CHECK_FALSE(all.connect(v6("64:ff9b::8.8.8.8", 80), {}));
  CHECK(all.connect(v6("64:ff9b::127.0.0.1", 80), {}) == "a local IPv4 address inside an IPv6 address");
  CHECK(all.connect(v6("2002:a00:1::", 80), {}) == "a local IPv4 address inside an IPv6 address");
  CHECK(all.connect(v6("64:ff9b::169.254.169.254", 80), {}) == "a local IPv4 address inside an IPv6 address");
  const AccessPolicy one = policy({"8.8.8.8"});
  CHECK_FALSE(one.connect(v6("64:ff9b::8.8.8.8", 80), {}));
  CHECK(one.connect(v6("64:ff9b::8.8.4.4", 80), {}));
}

TEST_CASE("binding has rules of its own") {
  const AccessPolicy some = policy({"*"}, {"127.0.0.1:8000-8999", "[::]:80"});
  CHECK_FALSE(some.bind(v4("127.0.0.1", 8080), false));
  CHECK_FALSE(some.bind(v6("::ffff:127.0.0.1", 8080), false));
  CHECK(some.bind(v4("127.0.0.1", 0), false));   // any free port is none of these
  CHECK(some.bind(v4("0.0.0.0", 8080), false));  // and every address is not this one
  CHECK_FALSE(some.bind(v6("::", 80), false));
  CHECK(some.bind(v6("::", 80), true) == "it takes IPv4 peers, too, and no --allow-bind rule covers 0.0.0.0");
  CHECK_FALSE(policy({}, {"[::]:80", "0.0.0.0:80"}).bind(v6("::", 80), true));
  CHECK_FALSE(policy({}, {"127.0.0.1"}).bind(v4("127.0.0.1", 0), false));
}

TEST_CASE("lookups") {
  const AccessPolicy some = policy({"db.example.org:5432"}, {}, {"*.test"});
  CHECK_FALSE(some.lookup("db.example.org"));
  CHECK_FALSE(some.lookup("a.test"));
  CHECK_FALSE(some.lookup("localhost"));
  CHECK_FALSE(some.lookup("127.0.0.1"));
  CHECK(some.lookup("www.example.org"));
  CHECK(some.reverse_lookup(v4("8.8.8.8", 0)));
  CHECK_FALSE(some.reverse_lookup(v4("127.0.0.1", 0)));
  CHECK_FALSE(policy({}, {}, {"*"}).reverse_lookup(v4("8.8.8.8", 0)));
  CHECK_FALSE(policy({}, {}, {"*"}).machine_facts());
}

TEST_CASE("the machine's name is set by a rule of its own") {
  CHECK(policy({"*"}, {"*"}, {"*"}).set_hostname() ==
        "only --allow-sethostname lets clients rename the proxy's machine");
  AccessPolicy::Rules rules;
  rules.set_hostname = true;
  CHECK_FALSE(AccessPolicy(std::move(rules)).set_hostname());
}

TEST_CASE("the addresses of a host entry are granted as those of a lookup") {
  const AccessPolicy named = policy({"db.example.org:5432"});
  NameGrants grants;
  named.grant("db.example.org", std::vector<std::string>{"192.0.2.7", "127.0.0.1"}, grants);
  CHECK_FALSE(named.connect(v4("192.0.2.7", 5432), grants));
  CHECK(named.connect(v4("192.0.2.7", 80), grants));
  CHECK(named.connect(v4("127.0.0.1", 5432), grants));
}

TEST_CASE("a name in the rules grants the addresses it is looked up to, on its ports") {
  const AccessPolicy named = policy({"db.example.org:5432"});
  NameGrants grants;
  CHECK(named.connect(v4("192.0.2.7", 5432), grants));
  named.grant("other.example.org", {result_for(v4("192.0.2.7", 0))}, grants);
  CHECK(named.connect(v4("192.0.2.7", 5432), grants));
  named.grant("DB.example.org", {result_for(v4("192.0.2.7", 0)), result_for(v6("2001:db8::7", 0))}, grants);
  CHECK_FALSE(named.connect(v4("192.0.2.7", 5432), grants));
  CHECK_FALSE(named.connect(v6("2001:db8::7", 5432), grants));
  CHECK(named.connect(v4("192.0.2.7", 5433), grants));
  CHECK(named.connect(v4("192.0.2.8", 5432), grants));
}

TEST_CASE("whoever answers for a name cannot grant this machine, nor its neighbours") {
  const AccessPolicy named = policy({"*.example.org"});
  NameGrants grants;
  const Address local[] = {v4("127.0.0.1", 0),       v4("0.0.0.0", 0),          v6("::1", 0),
                           v4("169.254.169.254", 0), v6("::ffff:127.0.0.1", 0), v6("64:ff9b::7f00:1", 0),
                           v6("fe80::1", 0),         v4("224.0.0.1", 0)};
  for (const Address& address : local) {
    CAPTURE(to_string(address));
    named.grant("evil.example.org", {result_for(address)}, grants);
    CHECK(named.connect(address, grants));
  }
}

TEST_CASE("grants are bounded: the oldest are forgotten") {
  const AccessPolicy named = policy({"*.example.org"});
  NameGrants grants;
  for (int i = 0; i < 2000; ++i) {
    const std::string host = "192.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
    named.grant("a.example.org", {result_for(InetAddress{host, 0})}, grants);
  }
  CHECK(named.connect(v4("192.0.0.1", 80), grants));
  CHECK_FALSE(named.connect(v4("192.0.7.249", 80), grants));
}

}  // namespace
}  // namespace everysock::proxy
