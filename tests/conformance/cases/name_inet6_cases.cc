// Names of IPv6 sockets: scope and flow, and IPv4 peers of a dual-stack socket.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

// ---- IPv6: scope and flow ----

CONFORMANCE("name/flow", Rows({"family/AF_INET6"}),
            Needs{Feature::inet6_dgram, Feature::flowinfo, &probe::ipv6_loopback}) {
  Socket receiver = t.bound(udp6);
  Socket s = t.open(udp6);
  const int port = port_of(REQUIRE_OK(receiver.getsockname()));
  REQUIRE_OK(s.connect(Inet6Address{"::1", port, 0xfffff, 0}));
  REQUIRE_OK(s.send("flowing"));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(10)), "flowing");
  REQUIRE_ERROR(s.connect(Inet6Address{"::1", port, 0x100000, 0}), UsageErrc::flowinfo_out_of_range);
  REQUIRE_ERROR(s.sendto("x", Inet6Address{"::1", port, 0xffffffff, 0}), UsageErrc::flowinfo_out_of_range);
  REQUIRE_EQ(REQUIRE_OK(s.getpeername()), Address(Inet6Address{"::1", port, 0, 0}));
}

CONFORMANCE("name/scope_missing", Rows({"family/AF_INET6", "behaviour/B22"}),
            Needs{Feature::inet6_dgram, Feature::scope_id, &probe::ipv6_loopback}) {
  Socket s = t.open(udp6);
  REQUIRE_ERROR(s.bind(Inet6Address{"fe80::1", 0}), Errc::einval);  // of which interface?
}

CONFORMANCE("name/scope_of_no_interface", Rows({"family/AF_INET6", "behaviour/B22"}),
            Needs{Feature::inet6_dgram, Feature::scope_id, &probe::ipv6_loopback}) {
  Socket s = t.open(udp6);
  REQUIRE_ERROR(s.bind(Inet6Address{"fe80::1", 0, 0, 99999}), Errc::enodev);
}

CONFORMANCE("name/scope_kept", Rows({"family/AF_INET6", "behaviour/B22"}),
            Needs{Feature::inet6_dgram, Feature::scope_id, Feature::interfaces, &probe::ipv6_loopback}) {
  const InterfaceName first = REQUIRE_OK(if_nameindex(t.backend())).at(0);
  Socket s = t.open(udp6);
  REQUIRE_OK(s.bind(Inet6Address{"ff02::1", 0, 0, first.index}));  // a multicast address of that link
  const auto name = std::get<Inet6Address>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.host.str(), "ff02::1");  // no zone in the text
  REQUIRE_EQ(name.scope_id, first.index);
}

CONFORMANCE("name/scope_in_the_host", Rows({"behaviour/B22"}),
            Needs{Feature::inet6_dgram, Feature::scope_id, Feature::interfaces, Feature::getaddrinfo,
                  &probe::ipv6_loopback}) {
  const InterfaceName first = REQUIRE_OK(if_nameindex(t.backend())).at(0);
  Socket s = t.open(udp6);
  REQUIRE_OK(s.bind(Inet6Address{"ff02::1%" + first.name, 0}));
  const auto name = std::get<Inet6Address>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.host.str(), "ff02::1");
  REQUIRE_EQ(name.scope_id, first.index);
}

CONFORMANCE("name/scope_of_the_loopback", Rows({"family/AF_INET6"}),
            Needs{Feature::inet6_dgram, &probe::ipv6_loopback}) {
  Socket s = t.open(udp6);
  REQUIRE_OK(s.bind(Inet6Address{"::1", 0, 0, 0}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(s.getsockname())).scope_id, 0u);
}

// ---- dual stack ----

CONFORMANCE("name/dual_stack_peer", Rows({"method/getpeername", "family/AF_INET6", "behaviour/B41"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::dual_stack, Feature::listen,
                  &probe::dual_stack}) {
  Socket listener = t.open(tcp6);
  REQUIRE_OK(listener.setsockopt(ipproto_ipv6, ipv6_v6only, 0));
  REQUIRE_OK(listener.bind(Inet6Address{"", 0}));
  REQUIRE_OK(listener.listen());
  Socket client = t.open(tcp4);
  REQUIRE_OK(client.connect(InetAddress{"127.0.0.1", port_of(REQUIRE_OK(listener.getsockname()))}));
  Accepted accepted = REQUIRE_OK(listener.accept());
  const Inet6Address mapped{"::ffff:127.0.0.1", port_of(REQUIRE_OK(client.getsockname()))};
  REQUIRE_EQ(accepted.address, Address(mapped));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.getpeername()), Address(mapped));
  REQUIRE_OK(client.sendall("over IPv4"));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(100)), "over IPv4");
}

CONFORMANCE("name/mapped_address", Rows({"family/AF_INET6"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::dual_stack, Feature::listen,
                  &probe::dual_stack}) {
  Socket listener = t.listener(tcp4);
  Socket client = t.open(tcp6);
  REQUIRE_OK(client.setsockopt(ipproto_ipv6, ipv6_v6only, 0));
  const Inet6Address mapped{"::ffff:127.0.0.1", port_of(REQUIRE_OK(listener.getsockname()))};
  REQUIRE_OK(client.connect(mapped));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), Address(mapped));
  REQUIRE_EQ(std::get<InetAddress>(REQUIRE_OK(listener.accept()).address).host, "127.0.0.1");
}

CONFORMANCE("name/dual_stack_datagrams", Rows({"family/AF_INET6", "method/recvfrom"}),
            Needs{Feature::inet_dgram, Feature::inet6_dgram, Feature::dual_stack, &probe::dual_stack}) {
  Socket receiver = t.open(udp6);
  REQUIRE_OK(receiver.setsockopt(ipproto_ipv6, ipv6_v6only, 0));
  REQUIRE_OK(receiver.bind(Inet6Address{"", 0}));
  Socket s = t.bound(udp4);
  REQUIRE_OK(s.sendto("over IPv4", InetAddress{"127.0.0.1", port_of(REQUIRE_OK(receiver.getsockname()))}));
  const Received received = REQUIRE_OK(receiver.recvfrom(100));
  REQUIRE_EQ(received.address, Address(Inet6Address{"::ffff:127.0.0.1", port_of(REQUIRE_OK(s.getsockname()))}));
  REQUIRE_OK(receiver.sendto("and back", received.address));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "and back");
}

CONFORMANCE("name/ipv6_only", Rows({"constant-group/IPV6_*"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::listen, Feature::connect_refused,
                  &probe::ipv6_loopback}) {
  Socket listener = t.open(tcp6);
  REQUIRE_OK(listener.setsockopt(ipproto_ipv6, ipv6_v6only, 1));
  REQUIRE_OK(listener.bind(Inet6Address{"", 0}));
  REQUIRE_OK(listener.listen());
  Socket client = t.open(tcp4);
  REQUIRE_ERROR(client.connect(InetAddress{"127.0.0.1", port_of(REQUIRE_OK(listener.getsockname()))}),
                Errc::econnrefused);
}

}  // namespace
}  // namespace everysock::conformance
