// Names: what bind() takes, what getsockname() and getpeername() say, and which names cannot be.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array inet_kinds = {&tcp4, &tcp6, &udp4, &udp6};
constexpr std::array bindable_kinds = {&tcp4, &tcp6, &udp4, &udp6, &unix_path, &unix_abstract, &unix_dgram, &seqpacket};
constexpr std::array unix_path_kinds = {&unix_path, &unix_dgram, &seqpacket};

CONFORMANCE_OVER(inet_kinds, "name/port_0", Rows({"method/bind", "method/getsockname"}), Needs{}) {
  Socket a = t.open(kind);
  Socket b = t.open(kind);
  REQUIRE_OK(a.bind(t.loopback(kind, 0)));
  REQUIRE_OK(b.bind(t.loopback(kind, 0)));
  const Address name = REQUIRE_OK(a.getsockname());
  REQUIRE_NE(port_of(name), 0);
  REQUIRE_EQ(name, t.loopback(kind, port_of(name)));
  REQUIRE_NE(port_of(name), port_of(REQUIRE_OK(b.getsockname())));
}

CONFORMANCE_OVER(bindable_kinds, "name/in_use", Rows({"method/bind", "example/E08"}), Needs{}) {
  Socket first = t.bound(kind);
  Socket second = t.open(kind);
  const Error error = REQUIRE_ERROR(second.bind(REQUIRE_OK(first.getsockname())), Errc::eaddrinuse);
  REQUIRE_EQ(error.message(), "bind: Address already in use [EADDRINUSE]");
}

CONFORMANCE_OVER(bindable_kinds, "name/bound_twice", Rows({"method/bind"}), Needs{}) {
  Socket s = t.bound(kind);
  const Address name = REQUIRE_OK(s.getsockname());
  REQUIRE_ERROR(s.bind(t.fresh_address(kind)), Errc::einval);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), name);
}

CONFORMANCE_OVER((std::array{&tcp4, &tcp6, &udp4, &udp6, &unix_abstract}), "name/free_after_close",
                 Rows({"method/bind", "method/close"}), Needs{}) {
  Socket first = t.bound(kind);
  const Address name = REQUIRE_OK(first.getsockname());
  REQUIRE_OK(first.close());
  Socket second = t.open(kind);
  REQUIRE_OK(second.bind(name));
  REQUIRE_EQ(REQUIRE_OK(second.getsockname()), name);
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4, &tcp6, &udp6}), "name/not_local", Rows({"method/bind"}), Needs{}) {
  Socket s = t.open(kind);
  const char* elsewhere = kind.family == af_inet ? "192.0.2.1" : "2001:db8::1";  // documentation addresses
  REQUIRE_ERROR(s.bind(InetAddress{elsewhere, 0}), Errc::eaddrnotavail);
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4}), "name/another_loopback_address", Rows({"method/bind"}),
                 Needs{&probe::ipv4_loopbacks}) {
  Socket one = t.open(kind);
  REQUIRE_OK(one.bind(InetAddress{"127.0.0.1", 0}));
  const int port = port_of(REQUIRE_OK(one.getsockname()));
  Socket other = t.open(kind);
  REQUIRE_OK(other.bind(InetAddress{"127.0.0.2", port}));  // the same port of another address
  REQUIRE_EQ(REQUIRE_OK(other.getsockname()), Address(InetAddress{"127.0.0.2", port}));
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4}), "name/wildcard", Rows({"method/bind", "family/AF_INET host ''"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(InetAddress{"", 0}));
  const auto name = std::get<InetAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.host, "0.0.0.0");
  Socket clash = t.open(kind);
  REQUIRE_ERROR(clash.bind(InetAddress{"127.0.0.1", name.port}), Errc::eaddrinuse);
}

CONFORMANCE_OVER((std::array{&tcp6, &udp6}), "name/wildcard_inet6", Rows({"method/bind", "family/AF_INET6"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(InetAddress{"", 0}));
  const auto name = std::get<Inet6Address>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.host, "::");
  REQUIRE_NE(name.port, 0);
}

CONFORMANCE("name/broadcast", Rows({"family/AF_INET host '<broadcast>'", "method/bind"}),
            Needs{Feature::inet_dgram, Feature::broadcast}) {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind(InetAddress{"<broadcast>", 0}));
  REQUIRE_EQ(std::get<InetAddress>(REQUIRE_OK(s.getsockname())).host, "255.255.255.255");
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4}), "name/unbound", Rows({"method/getsockname", "family/AF_INET"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(InetAddress{"0.0.0.0", 0}));
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
}

CONFORMANCE_OVER((std::array{&tcp6, &udp6}), "name/unbound_inet6", Rows({"method/getsockname", "family/AF_INET6"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(Inet6Address{"::", 0, 0, 0}));
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_dgram, &seqpacket}), "name/unbound_unix",
                 Rows({"method/getsockname", "family/AF_UNIX"}), Needs{}) {
  Socket s = t.open(kind);
  const auto name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE(name.is_unnamed());
  REQUIRE(!name.is_abstract());
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
}

CONFORMANCE_OVER((std::array{&tcp6, &udp6}), "name/short_form", Rows({"family/AF_INET6 short tuples"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(InetAddress{"::1", 0}));
  const auto name = std::get<Inet6Address>(REQUIRE_OK(s.getsockname()));  // the full form always comes back
  REQUIRE_EQ(name, (Inet6Address{"::1", name.port, 0, 0}));
}

CONFORMANCE_OVER((std::array{&tcp6, &udp6}), "name/text_forms", Rows({"family/AF_INET6"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(Inet6Address{"0:0:0:0:0:0:0:1", 0}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(s.getsockname())).host.str(), "::1");
}

CONFORMANCE_OVER(inet_kinds, "name/host_name", Rows({"behaviour/B24", "method/bind"}),
                 Needs{Feature::getaddrinfo, &probe::localhost}) {
  Socket s = t.open(kind);
  const Result<void> bound = s.bind(InetAddress{"localhost", 0});
  if (!bound) {
    REQUIRE(kind.family == af_inet6);  // a host need not know localhost by its IPv6 address
    REQUIRE(bound.error().domain() == ErrorDomain::gai);
    return;
  }
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), t.loopback(kind, port_of(REQUIRE_OK(s.getsockname()))));
}

CONFORMANCE_OVER(inet_kinds, "name/bad_port", Rows({"method/bind", "exception/OverflowError"}), Needs{}) {
  Socket s = t.open(kind);
  Error error = REQUIRE_ERROR(s.bind(t.loopback(kind, 65536)), UsageErrc::port_out_of_range);
  REQUIRE_EQ(error.message(), "bind: port must be 0-65535, not 65536 [usage]");
  error = REQUIRE_ERROR(s.bind(t.loopback(kind, -1)), UsageErrc::port_out_of_range);
  REQUIRE_EQ(error.detail(), -1);
  REQUIRE_ERROR(s.connect(t.loopback(kind, 70000)), UsageErrc::port_out_of_range);
}

CONFORMANCE_OVER(inet_kinds, "name/wrong_form", Rows({"behaviour/B51"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(UnixAddress{"somewhere"}), UsageErrc::address_form);
  REQUIRE_ERROR(s.connect(UnixAddress{"somewhere"}), UsageErrc::address_form);
  REQUIRE_ERROR(s.bind(Address{}), UsageErrc::address_required);
}

CONFORMANCE("name/inet6_form_on_inet", Rows({"behaviour/B51"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_ERROR(s.bind(Inet6Address{"::1", 0}), UsageErrc::address_form);
  REQUIRE_ERROR(s.connect(Inet6Address{"127.0.0.1", 9}), UsageErrc::address_form);
}

CONFORMANCE("name/inet_form_on_unix", Rows({"behaviour/B51", "family/AF_UNIX"}), Needs{Feature::unix_stream}) {
  Socket s = t.open(unix_path);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
  REQUIRE_ERROR(s.connect(Inet6Address{"::1", 9}), UsageErrc::address_form);
}

CONFORMANCE("name/opaque_form", Rows({"family/unknown family", "behaviour/B51"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_ERROR(s.bind(OpaqueAddress{AddressFamily(77), std::string_view("??")}), UsageErrc::address_form);
}

CONFORMANCE_OVER(inet_kinds, "name/nul_in_host", Rows({"family/AF_INET"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(InetAddress{std::string_view("local\0host", 10), 0}), UsageErrc::embedded_nul);
}

// ---- reuse ----

CONFORMANCE_OVER(tcp_kinds, "name/time_wait",
                 Rows({"behaviour/B55", "example/E08", "example/E09", "constant/SO_REUSEADDR"}),
                 Needs{Feature::socket_options}) {
  Socket listener = t.open(kind);
  REQUIRE_OK(listener.setsockopt(sol_socket, so_reuseaddr, 1));  // Linux asks it of the old socket too
  REQUIRE_OK(listener.bind(t.loopback(kind, 0)));
  REQUIRE_OK(listener.listen());
  const Address name = REQUIRE_OK(listener.getsockname());
  {
    Connection c = t.connect_to(listener, kind);
    REQUIRE_OK(c.server.close());  // the server closes first: its end lingers
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(1)), "");
  }
  REQUIRE_OK(listener.close());
  Socket again = t.open(kind);
  REQUIRE_ERROR(again.bind(name), Errc::eaddrinuse);
  REQUIRE_OK(again.setsockopt(sol_socket, so_reuseaddr, 1));
  REQUIRE_OK(again.bind(name));
  REQUIRE_OK(again.listen());
}

CONFORMANCE_OVER(tcp_kinds, "name/reuse_address_against_a_listener", Rows({"constant/SO_REUSEADDR"}),
                 Needs{Feature::socket_options}) {
  // Only for old connections: a port that is listened to is not given away.
  Socket listener = t.open(kind);
  REQUIRE_OK(listener.setsockopt(sol_socket, so_reuseaddr, 1));
  REQUIRE_OK(listener.bind(t.loopback(kind, 0)));
  REQUIRE_OK(listener.listen());
  Socket second = t.open(kind);
  REQUIRE_OK(second.setsockopt(sol_socket, so_reuseaddr, 1));
  REQUIRE_ERROR(second.bind(REQUIRE_OK(listener.getsockname())), Errc::eaddrinuse);
}

CONFORMANCE_OVER(inet_kinds, "name/reuse_port", Rows({"constant/SO_REUSEPORT", "method/bind"}),
                 Needs{Feature::reuse_port}) {
  std::array<Socket, 2> sockets = {t.open(kind), t.open(kind)};
  for (Socket& s : sockets) REQUIRE_OK(s.setsockopt(sol_socket, so_reuseport, 1));
  REQUIRE_OK(sockets[0].bind(t.loopback(kind, 0)));
  const Address name = REQUIRE_OK(sockets[0].getsockname());
  REQUIRE_OK(sockets[1].bind(name));
  REQUIRE_EQ(REQUIRE_OK(sockets[1].getsockname()), name);
  Socket without = t.open(kind);
  REQUIRE_ERROR(without.bind(name), Errc::eaddrinuse);
}

CONFORMANCE("name/same_port_for_tcp_and_udp", Rows({"method/bind"}), Needs{Feature::inet_stream, Feature::inet_dgram}) {
  Socket udp = t.open(udp4);
  Socket tcp = t.bound(tcp4);
  const Result<void> bound = udp.bind(REQUIRE_OK(tcp.getsockname()));
  // Two spaces of ports. (Something else on this host may hold the other one.)
  if (!bound) REQUIRE_ERROR(bound, Errc::eaddrinuse);
}

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

// ---- AF_UNIX ----

CONFORMANCE_OVER(unix_path_kinds, "name/path", Rows({"family/AF_UNIX", "method/getsockname"}), Needs{}) {
  Socket s = t.open(kind);
  const std::string path = t.fresh_path();
  REQUIRE_OK(s.bind(UnixAddress{path}));
  const auto name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.path.view(), path);
  REQUIRE(!name.is_abstract());
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_of_any_bytes", Rows({"family/AF_UNIX", "behaviour/B25"}), Needs{}) {
  const std::string path = t.fresh_path() + "-\xff\xfe \xe2\x82\xac\t'\"";
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(UnixAddress{path}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), path);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_of_107_bytes", Rows({"family/AF_UNIX"}), Needs{}) {
  const std::string path = t.fresh_path(107);
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(UnixAddress{path}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), path);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_too_long", Rows({"family/AF_UNIX"}), Needs{}) {
  Socket s = t.open(kind);
  const Error error = REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path(108)}), UsageErrc::path_too_long);
  REQUIRE_EQ(error.detail(), 108);
  REQUIRE_EQ(error.errc(), Errc::ok);
  REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path(109)}), UsageErrc::path_too_long);
  REQUIRE_ERROR(s.connect(UnixAddress{t.fresh_path(500)}), UsageErrc::path_too_long);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_stays_after_close", Rows({"family/AF_UNIX", "method/close"}), Needs{}) {
  Socket first = t.bound(kind);
  const Address name = REQUIRE_OK(first.getsockname());
  REQUIRE_OK(first.close());
  Socket second = t.open(kind);
  REQUIRE_ERROR(second.bind(name), Errc::eaddrinuse);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_in_a_missing_directory", Rows({"family/AF_UNIX", "method/bind"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path() + "/below"}), Errc::enoent);
}

CONFORMANCE_OVER(unix_path_kinds, "name/nul_in_a_path", Rows({"family/AF_UNIX"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(UnixAddress{std::string_view("a\0b", 3)}), UsageErrc::embedded_nul);
}

CONFORMANCE("name/path_of_a_peer", Rows({"family/AF_UNIX", "method/accept", "method/getpeername"}),
            Needs{Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  Connection c = t.connect_to(listener, unix_path);  // the client has no name
  REQUIRE(std::get<UnixAddress>(REQUIRE_OK(c.server.getpeername())).is_unnamed());
  REQUIRE_EQ(REQUIRE_OK(c.client.getpeername()), REQUIRE_OK(listener.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockname()), REQUIRE_OK(listener.getsockname()));
}

CONFORMANCE("name/unnamed_peer_of_accept", Rows({"family/AF_UNIX", "method/accept"}),
            Needs{Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  Socket client = t.open(unix_path);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  const Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE(std::get<UnixAddress>(accepted.address).is_unnamed());
}

CONFORMANCE("name/abstract", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_stream, Feature::unix_abstract}) {
  Socket s = t.open(unix_abstract);
  const Address address = t.fresh_address(unix_abstract);
  REQUIRE_OK(s.bind(address));
  const auto name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE(name.is_abstract());
  REQUIRE_EQ(Address(name), address);
}

CONFORMANCE("name/abstract_of_any_bytes", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_stream, Feature::unix_abstract, Feature::listen}) {
  // The length counts: NUL bytes within and at the end are part of the name.
  const std::string base = std::get<UnixAddress>(t.fresh_address(unix_abstract)).path.str();
  const std::string name = base + std::string("\0\xff\0", 3);
  Socket with = t.open(unix_abstract);
  REQUIRE_OK(with.bind(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(with.getsockname())).path.view(), name);
  REQUIRE_OK(with.listen());
  Socket without = t.open(unix_abstract);
  REQUIRE_OK(without.bind(UnixAddress{base}));
  Socket client = t.open(unix_abstract);
  REQUIRE_ERROR(client.connect(UnixAddress{base + std::string("\0\xff", 2)}), Errc::econnrefused);
  REQUIRE_OK(client.connect(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(client.getpeername())).path.view(), name);
}

CONFORMANCE("name/abstract_of_108_bytes", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_dgram, Feature::unix_abstract}) {
  std::string name = std::get<UnixAddress>(t.fresh_address(unix_abstract)).path.str();
  name.resize(108, 'y');
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.bind(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), name);
}

CONFORMANCE("name/abstract_too_long", Rows({"family/AF_UNIX (Linux abstract namespace)"}), Needs{Feature::unix_dgram}) {
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.bind(UnixAddress{std::string(109, '\0')}), UsageErrc::path_too_long);
}

CONFORMANCE("name/abstract_and_path", Rows({"behaviour/B26"}),
            Needs{Feature::unix_dgram, Feature::unix_path, Feature::unix_abstract}) {
  Socket by_path = t.bound(unix_dgram);
  Socket by_name = t.open(unix_dgram);
  REQUIRE_OK(by_name.bind(t.fresh_address(unix_abstract)));
  REQUIRE_OK(by_path.sendto("to the name", REQUIRE_OK(by_name.getsockname())));
  Received received = REQUIRE_OK(by_name.recvfrom(100));
  REQUIRE_EQ(received.address, REQUIRE_OK(by_path.getsockname()));
  REQUIRE_OK(by_name.sendto("to the path", received.address));
  received = REQUIRE_OK(by_path.recvfrom(100));
  REQUIRE_EQ(received.address, REQUIRE_OK(by_name.getsockname()));
}

CONFORMANCE("name/autobind", Rows({"family/AF_UNIX (Linux autobind)"}),
            Needs{Feature::unix_stream, Feature::unix_autobind}) {
  std::array<Socket, 2> sockets = {t.open(unix_path), t.open(unix_path)};
  for (Socket& s : sockets) {
    REQUIRE_OK(s.bind(UnixAddress{}));
    const std::string name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.str();
    REQUIRE_EQ(name.size(), 6u);
    REQUIRE_EQ(name[0], '\0');
    REQUIRE_EQ(name.find_first_not_of("0123456789abcdef", 1), std::string::npos);
  }
  REQUIRE_NE(REQUIRE_OK(sockets[0].getsockname()), REQUIRE_OK(sockets[1].getsockname()));
}

CONFORMANCE("name/autobind_can_be_reached", Rows({"family/AF_UNIX (Linux autobind)"}),
            Needs{Feature::unix_dgram, Feature::unix_autobind}) {
  Socket receiver = t.open(unix_dgram);
  REQUIRE_OK(receiver.bind(UnixAddress{}));
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.sendto("found you", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "found you");
}

}  // namespace
}  // namespace everysock::conformance
