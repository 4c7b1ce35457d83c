// Datagrams to wildcard and broadcast addresses.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("datagram/wildcard_receives", Rows({"method/bind", "family/AF_INET host ''"}), Needs{Feature::inet_dgram}) {
  Socket receiver = t.open(udp4);
  REQUIRE_OK(receiver.bind(InetAddress{"", 0}));
  const auto own = std::get<InetAddress>(REQUIRE_OK(receiver.getsockname()));
  REQUIRE_EQ(own.host, "0.0.0.0");
  Socket s = t.open(udp4);
  REQUIRE_OK(s.sendto("to any", InetAddress{"127.0.0.1", own.port}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to any");
}

CONFORMANCE("datagram/wildcard_receives@udp6", Rows({"method/bind", "family/AF_INET6"}),
            Needs{Feature::inet6_dgram, &probe::ipv6_loopback}) {
  Socket receiver = t.open(udp6);
  REQUIRE_OK(receiver.bind(Inet6Address{"", 0}));
  const auto own = std::get<Inet6Address>(REQUIRE_OK(receiver.getsockname()));
  REQUIRE_EQ(own.host, "::");
  Socket s = t.open(udp6);
  REQUIRE_OK(s.sendto("to any", Inet6Address{"::1", own.port}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to any");
}

CONFORMANCE("datagram/broadcast_needs_the_option", Rows({"family/AF_INET host '<broadcast>'", "method/sendto"}),
            Needs{Feature::inet_dgram, Feature::broadcast}) {
  Socket s = t.open(udp4);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_broadcast)), 0);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"<broadcast>", 9}), Errc::eacces);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"255.255.255.255", 9}), Errc::eacces);
}

CONFORMANCE("datagram/broadcast_on_the_loopback", Rows({"constant-group/SO_*", "method/sendto"}),
            Needs{Feature::inet_dgram, Feature::broadcast}) {
  Socket receiver = t.open(udp4);
  REQUIRE_OK(receiver.bind(InetAddress{"", 0}));
  const InetAddress everyone{"127.255.255.255", port_of(REQUIRE_OK(receiver.getsockname()))};
  Socket s = t.open(udp4);
  REQUIRE_ERROR(s.sendto("x", everyone), Errc::eacces);
  REQUIRE_OK(s.setsockopt(sol_socket, so_broadcast, 1));
  REQUIRE_OK(s.sendto("to everyone", everyone));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to everyone");
}

CONFORMANCE("datagram/broadcast_name_on_inet6", Rows({"family/AF_INET host '<broadcast>'"}),
            Needs{Feature::inet6_dgram}) {
  Socket s = t.open(udp6);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"<broadcast>", 9}), UsageErrc::address_form);
}

}  // namespace
}  // namespace everysock::conformance
