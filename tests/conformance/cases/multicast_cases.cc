// Groups: ip(7), ipv6(7). Nothing leaves the machine.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

// RFC 2365: of one administration's own.
constexpr const char* group = "239.255.101.7";
constexpr const char* other_group = "239.255.101.8";

std::string packed(const char* address) { return REQUIRE_OK(inet_pton(af_inet, address)); }

// struct ip_mreq: the group and the interface, by its address.
std::string membership(const char* of) { return packed(of) + packed("127.0.0.1"); }

// struct ip_mreq_source has the source last.
std::string membership(const char* of, const char* source) { return membership(of) + packed(source); }

std::string index_bytes(std::uint32_t index) {
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(index >> (8 * i));
  return bytes;
}

// struct ipv6_mreq: the group and the interface, by its index.
std::string membership6(std::uint32_t interface) {
  return REQUIRE_OK(inet_pton(af_inet6, local_group)) + index_bytes(interface);
}

Socket member(Context& t) {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind(InetAddress{"", 0}));
  REQUIRE_OK(s.settimeout(Context::patience));
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_add_membership, membership(group)));
  return s;
}

Socket sender(Context& t, const char* address = "127.0.0.1") {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind(InetAddress{address, 0}));
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_multicast_if, packed("127.0.0.1")));
  return s;
}

Address at(const char* of, Socket& s) { return InetAddress{of, port_of(REQUIRE_OK(s.getsockname()))}; }

CONFORMANCE("multicast/members_receive", Rows({"constant-group/IP_*", "method/setsockopt"}),
            Needs{Feature::multicast, Feature::inet_dgram}) {
  Socket s = member(t);
  Socket from = sender(t);
  REQUIRE_OK(from.sendto("to all", at(group, s)));
  const auto received = REQUIRE_OK(s.recvfrom(100));
  REQUIRE_EQ(received.data, "to all");
  REQUIRE_EQ(received.address, REQUIRE_OK(from.getsockname()));
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_drop_membership, membership(group)));
  REQUIRE_OK(from.sendto("to all others", at(group, s)));
  REQUIRE_OK(from.sendto("to you", at("127.0.0.1", s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "to you");
}

CONFORMANCE("multicast/memberships", Rows({"constant-group/IP_*"}), Needs{Feature::multicast, Feature::inet_dgram}) {
  Socket s = member(t);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_add_membership, membership(group)), Errc::eaddrinuse);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_drop_membership, membership(other_group)), Errc::eaddrnotavail);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_add_membership, membership("127.0.0.1")), Errc::einval);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_add_membership, packed(group)), Errc::einval);  // no interface
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_add_membership, membership(other_group)));
  Socket from = sender(t);
  REQUIRE_OK(from.sendto("second", at(other_group, s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "second");
}

CONFORMANCE("multicast/options", Rows({"constant-group/IP_*"}), Needs{Feature::multicast, Feature::inet_dgram}) {
  Socket s = t.open(udp4);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_multicast_ttl)), ip_default_multicast_ttl);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_multicast_loop)), ip_default_multicast_loop);
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_multicast_ttl, 32));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_multicast_ttl)), 32);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_multicast_ttl, 256), Errc::einval);
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_multicast_loop, 0));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_multicast_loop)), 0);
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_multicast_if, packed("127.0.0.1")));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_multicast_if, 4)), packed("127.0.0.1"));
}

CONFORMANCE("multicast/source", Rows({"constant-group/IP_*"}), Needs{Feature::source_multicast, Feature::inet_dgram}) {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind(InetAddress{"", 0}));
  REQUIRE_OK(s.settimeout(Context::patience));
  // RFC 3678: of those who send to the group, one is heard.
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_add_source_membership, membership(group, "127.0.0.3")));
  Socket stranger = sender(t, "127.0.0.2");
  Socket source = sender(t, "127.0.0.3");
  REQUIRE_OK(stranger.sendto("unasked", at(group, s)));
  REQUIRE_OK(source.sendto("asked", at(group, s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "asked");
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_drop_source_membership, membership(group, "127.0.0.2")),
                Errc::eaddrnotavail);
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_drop_source_membership, membership(group, "127.0.0.3")));
  REQUIRE_OK(source.sendto("unasked as well", at(group, s)));
  REQUIRE_OK(source.sendto("to you", at("127.0.0.1", s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "to you");
}

CONFORMANCE("multicast/blocked_source", Rows({"constant-group/IP_*"}),
            Needs{Feature::source_multicast, Feature::inet_dgram}) {
  Socket s = member(t);
  Socket noisy = sender(t, "127.0.0.2");
  Socket source = sender(t, "127.0.0.3");
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_block_source, membership(group, "127.0.0.2")));
  REQUIRE_OK(noisy.sendto("blocked", at(group, s)));
  REQUIRE_OK(source.sendto("heard", at(group, s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "heard");
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_unblock_source, membership(group, "127.0.0.2")));
  REQUIRE_OK(noisy.sendto("heard as well", at(group, s)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "heard as well");
}

CONFORMANCE("multicast/ipv6_memberships", Rows({"constant-group/IPV6_*"}),
            Needs{Feature::multicast, Feature::inet6_dgram, Feature::interfaces, &probe::ipv6_loopback}) {
  Socket s = t.open(udp6);
  const std::string request = membership6(loopback_interface(t.backend()));
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_join_group, request));
  REQUIRE_ERROR(s.setsockopt(ipproto_ipv6, ipv6_join_group, request), Errc::eaddrinuse);
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_leave_group, request));
  REQUIRE_ERROR(s.setsockopt(ipproto_ipv6, ipv6_leave_group, request), Errc::eaddrnotavail);
  REQUIRE_ERROR(s.setsockopt(ipproto_ipv6, ipv6_join_group, request.substr(0, 16)), Errc::einval);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_multicast_hops)), 1);
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_multicast_hops, 5));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_multicast_hops)), 5);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_multicast_loop)), 1);
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_multicast_loop, 0));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_multicast_loop)), 0);
  const int loopback = static_cast<int>(loopback_interface(t.backend()));
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_multicast_if, loopback));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_multicast_if)), loopback);
}

CONFORMANCE("multicast/ipv6_members_receive", Rows({"constant-group/IPV6_*", "family/AF_INET6"}),
            Needs{Feature::multicast, Feature::inet6_dgram, Feature::interfaces, &probe::ipv6_multicast}) {
  Socket s = t.open(udp6);
  REQUIRE_OK(s.settimeout(Context::patience));
  REQUIRE_OK(s.bind(Inet6Address{"", 0}));
  const std::uint32_t interface = multicast_interface(t.backend());
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_join_group, membership6(interface)));
  Socket from = t.open(udp6);
  REQUIRE_OK(from.sendto("to all", Inet6Address{local_group, port_of(REQUIRE_OK(s.getsockname())), 0, interface}));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "to all");
}

}  // namespace
}  // namespace everysock::conformance
