#include <string>

#include "scenarios.h"

namespace everysock::testing {
namespace {

void look_at(Script& s, const char* name) {
  s.ready(name);
  s.local(name);
  s.peer(name);
  s.get(name, sol_socket, so_error);
}

void bound(Script& s, const char* name, AddressFamily family = af_inet) {
  s.open(name, family, sock_dgram);
  s.bind(name, family == af_inet ? loopback(0) : loopback6(0));
}

int port_of(Script& s, const char* name) {
  const Address address = s.name_of(name);
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) return inet6->port;
  return std::get<InetAddress>(address).port;
}

void fresh(Script& s) {
  s.open("s", af_inet, sock_dgram);
  look_at(s, "s");
  s.send("s", "x");
  s.receive("s", 10);
  s.listen("s", 1);
  s.accept("s", "x");
  s.shutdown("s", shut_rd);
  look_at(s, "s");
  s.receive("s", 10);
  s.shutdown("s", shut_wr);
  s.send_to("s", "x", loopback(9));
  look_at(s, "s");
}

void exchange(Script& s) {
  bound(s, "a");
  s.open("b", af_inet, sock_dgram);
  s.send_to("b", "hello", s.name_of("a"));
  s.local("b");
  s.ready("a");
  s.receive("a", 3, msg_peek);
  s.receive("a", 3, msg_peek | msg_trunc);
  s.receive("a", 3);
  s.receive("a", 3);
  s.send_to("b", "", s.name_of("a"));
  s.ready("a");
  s.receive("a", 3);
  s.send_to("b", "hello", s.name_of("a"));
  s.receive("a", 0);
  s.receive("a", 10);
  s.send_to("b", "hello", s.name_of("a"));
  s.receive("a", 3, msg_trunc);
  s.receive("a", 3, msg_oob);
  s.send_to("b", "x", s.name_of("a"), msg_oob);
  s.receive("a", 3, msg_errqueue);
  s.send_to("b", "one", s.name_of("a"));
  s.send_to("b", "two", s.name_of("a"));
  s.receive("a", 10, msg_waitall);
  s.receive("a", 10);
}

void sizes(Script& s) {
  bound(s, "a");
  bound(s, "a6", af_inet6);
  s.open("b", af_inet, sock_dgram);
  s.open("b6", af_inet6, sock_dgram);
  for (const std::size_t size : {65507, 65508, 65535, 65536, 70000}) {
    s.send_to("b", std::string(size, 'x'), s.name_of("a"));
    s.receive("a", 70000);
  }
  for (const std::size_t size : {65507, 65527, 65528, 65535, 65536}) {
    s.send_to("b6", std::string(size, 'x'), s.name_of("a6"));
    s.receive("a6", 70000);
  }
}

void connected(Script& s) {
  bound(s, "a");
  bound(s, "stranger");
  s.open("b", af_inet, sock_dgram);
  s.connect("b", s.name_of("a"));
  look_at(s, "b");
  s.send("b", "x");
  s.receive("a", 10);
  s.send_to("stranger", "unwanted", s.name_of("b"));
  s.ready("b");
  s.send_to("a", "wanted", s.name_of("b"));
  s.receive("b", 10);
  s.send_to("b", "elsewhere", s.name_of("stranger"));
  s.receive("stranger", 10);
  s.connect("b", s.name_of("stranger"));
  look_at(s, "b");
  s.shutdown("b", shut_rd);
  s.receive("b", 10);
  look_at(s, "b");
  s.shutdown("b", shut_wr);
  s.send("b", "x");
  look_at(s, "b");
  s.connect("b", Address());
  look_at(s, "b");
  s.send("b", "x");
  s.connect("a", s.name_of("stranger"));
  look_at(s, "a");
  s.connect("a", Address());
  look_at(s, "a");
}

void unreachable(Script& s) {
  bound(s, "a");
  const Address gone = s.name_of("a");
  s.close("a");
  s.open("b", af_inet, sock_dgram);
  s.connect("b", gone);
  s.send("b", "one");
  s.ready("b");
  s.send("b", "two");
  s.send("b", "three");
  s.receive("b", 10);
  s.receive("b", 10);
  s.send("b", "four");
  s.ready("b");
  s.get("b", sol_socket, so_error);
  s.get("b", sol_socket, so_error);
  s.ready("b");
  s.note("not connected: nobody is told");
  s.open("c", af_inet, sock_dgram);
  s.send_to("c", "one", gone);
  s.ready("c");
  s.send_to("c", "two", gone);
  s.receive("c", 10);
}

void unreachable6(Script& s) {
  bound(s, "a", af_inet6);
  const Address gone = s.name_of("a");
  s.close("a");
  s.open("b", af_inet6, sock_dgram);
  s.connect("b", gone);
  s.send("b", "one");
  s.ready("b");
  s.receive("b", 10);
  s.send("b", "two");
  s.send("b", "three");
}

void bad_targets(Script& s) {
  s.open("s", af_inet, sock_dgram);
  s.send_to("s", "x", loopback(0));
  s.send_to("s", "x", loopback6(9));
  s.send_to("s", "x", UnixAddress{"a path long enough for any family"});
  s.send_to("s", "x", Address());
  s.connect("s", loopback6(9));
  s.connect("s", UnixAddress{"a path long enough for any family"});
  s.connect("s", loopback(0));
  s.peer("s");
  s.open("t", af_inet6, sock_dgram);
  s.send_to("t", "x", loopback6(0));
  s.send_to("t", "x", UnixAddress{"a path long enough for any family"});
  s.connect("t", inet6("fe80::1", 9));
  s.open("u", af_inet6, sock_dgram);
  s.set("u", sol_ipv6, ipv6_v6only, 1);
  s.send_to("u", "x", inet6("::ffff:127.0.0.1", 9));
  s.connect("u", inet6("::ffff:127.0.0.1", 9));
}

void wildcard(Script& s) {
  s.open("a", af_inet, sock_dgram);
  s.bind("a", inet("0.0.0.0", 0));
  s.open("b", af_inet, sock_dgram);
  s.send_to("b", "x", inet("0.0.0.0", port_of(s, "a")));
  s.receive("a", 10);
  s.send_to("b", "x", inet("127.0.0.77", port_of(s, "a")));
  s.receive("a", 10);
  s.connect("b", inet("0.0.0.0", port_of(s, "a")));
  look_at(s, "b");
  s.open("c", af_inet6, sock_dgram);
  s.bind("c", inet6("::", 0));
  s.send_to("b", "four", loopback(port_of(s, "c")));
  s.receive("c", 10);
  s.open("d", af_inet6, sock_dgram);
  s.send_to("d", "six", inet6("::1", port_of(s, "c"), 0, 0x54321));
  s.receive("c", 10);
  s.send_to("d", "mapped", inet6("::ffff:127.0.0.1", port_of(s, "a")));
  s.receive("a", 10);
  s.send_to("d", "plain", loopback(port_of(s, "a")));
  s.receive("a", 10);
}

void broadcast(Script& s) {
  s.open("a", af_inet, sock_dgram);
  s.bind("a", inet("0.0.0.0", 0));
  bound(s, "deaf");
  s.open("b", af_inet, sock_dgram);
  s.send_to("b", "x", inet("127.255.255.255", port_of(s, "a")));
  s.connect("b", inet("127.255.255.255", port_of(s, "a")));
  s.send_to("b", "x", inet("255.255.255.255", port_of(s, "a")));
  s.set("b", sol_socket, so_broadcast, 1);
  s.send_to("b", "x", inet("127.255.255.255", port_of(s, "a")));
  s.receive("a", 10);
  s.ready("deaf");
  s.connect("b", inet("127.255.255.255", port_of(s, "a")));
  s.send("b", "y");
  s.receive("a", 10);
}

void shared_port(Script& s) {
  s.open("a", af_inet, sock_dgram);
  s.open("b", af_inet, sock_dgram);
  s.set("a", sol_socket, so_reuseaddr, 1);
  s.set("b", sol_socket, so_reuseaddr, 1);
  s.bind("a", loopback(0));
  s.bind("b", s.name_of("a"));
  s.open("c", af_inet, sock_dgram);
  s.send_to("c", "x", s.name_of("a"));
  s.ready("a");
  s.ready("b");
  s.note("the connected one is nearer");
  s.send_to("c", "y", s.name_of("a"));
  s.connect("a", s.name_of("c"));
  s.bind("c", loopback(0));
}

void specific_wins(Script& s) {
  s.open("any", af_inet, sock_dgram);
  s.set("any", sol_socket, so_reuseaddr, 1);
  s.bind("any", inet("0.0.0.0", 0));
  s.open("one", af_inet, sock_dgram);
  s.set("one", sol_socket, so_reuseaddr, 1);
  s.bind("one", loopback(port_of(s, "any")));
  s.open("c", af_inet, sock_dgram);
  s.send_to("c", "x", loopback(port_of(s, "any")));
  s.send_to("c", "y", inet("127.0.0.2", port_of(s, "any")));
  s.receive("one", 10);
  s.receive("any", 10);
  s.receive("any", 10);
}

void more(Script& s) {
  bound(s, "a");
  s.open("b", af_inet, sock_dgram);
  s.send_to("b", "one ", s.name_of("a"), msg_more);
  s.ready("a");
  s.send_to("b", "two", s.name_of("a"));
  s.receive("a", 20);
  s.connect("b", s.name_of("a"));
  s.send("b", "three ", msg_more);
  s.send("b", "four ", msg_more);
  s.send("b", "");
  s.receive("a", 20);
}

void overflow(Script& s) {
  bound(s, "a");
  s.set("a", sol_socket, so_rcvbuf, 1);
  s.open("b", af_inet, sock_dgram);
  for (int i = 0; i < 12; ++i) s.send_to("b", std::to_string(i), s.name_of("a"));
  for (int i = 0; i < 6; ++i) s.receive("a", 10);
  s.send_to("b", std::string(20000, 'x'), s.name_of("a"));
  s.receive("a", 30000);
}

void multicast(Script& s) {
  s.open("a", af_inet, sock_dgram);
  const std::string group("\xe0\0\0\x77\x7f\0\0\1", 8);
  s.set_bytes("a", sol_ip, ip_add_membership, group.substr(0, 4));
  s.set_bytes("a", sol_ip, ip_drop_membership, group);
  s.set_bytes("a", sol_ip, ip_add_membership, group);
  s.set_bytes("a", sol_ip, ip_add_membership, group);
  s.set_bytes("a", sol_ip, ip_add_membership, std::string("\x7f\0\0\1\x7f\0\0\1", 8));
  s.set_bytes("a", sol_ip, ip_add_membership, std::string("\xe0\0\0\x78\1\2\3\4", 8));
  s.set_bytes("a", sol_ip, ip_drop_membership, group);
  s.set_bytes("a", sol_ip, ip_drop_membership, group);
}

// Linux has a peer on port 0 like any other, but does not show it.
void peer_on_port_zero(Script& s) {
  for (const AddressFamily family : {af_inet, af_inet6}) {
    s.note("family " + std::to_string(family.value()));
    s.open("a", family, sock_dgram);
    s.connect("a", family == af_inet ? loopback(0) : loopback6(0));
    s.peer("a");
    s.send("a", "x");
    s.receive("a", 10);
    s.bind("a", family == af_inet ? loopback(0) : loopback6(0));
    s.shutdown("a", shut_rdwr);
    s.close("a");
  }
}

void lost_address(Script& s) {
  s.note("what a bind that fails leaves of the address before");
  s.open("a", af_inet, sock_dgram);
  s.bind("a", loopback(0));
  s.open("b", af_inet, sock_dgram);
  s.bind("b", loopback(0));
  s.connect("b", Address());
  s.local("b");
  s.bind("b", s.name_of("a"));
  s.local("b");
}

constexpr Scenario kScenarios[] = {
    {"fresh", fresh},
    {"exchange", exchange},
    {"sizes", sizes},
    {"connected", connected},
    {"unreachable", unreachable},
    {"unreachable over IPv6", unreachable6},
    {"bad targets", bad_targets},
    {"wildcard", wildcard},
    {"broadcast", broadcast},
    {"shared port", shared_port},
    {"specific address wins", specific_wins},
    {"more", more},
    {"overflow", overflow},
    {"groups", multicast},
    {"peer on port 0", peer_on_port_zero},
    {"lost address", lost_address},
};

}  // namespace

std::span<const Scenario> udp_scenarios() { return kScenarios; }

}  // namespace everysock::testing
