// Names of Internet sockets: what bind() takes, what getsockname() says, and which names cannot be.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array bindable_kinds = {&tcp4, &tcp6, &udp4, &udp6, &unix_path, &unix_abstract, &unix_dgram, &seqpacket};

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
  // Where there is such an option, the port of all addresses is not this socket's alone without it.
  const Result<void> exclusive = s.setsockopt(sol_socket, so_exclusiveaddruse, 1);
  if (!exclusive) REQUIRE_ERROR(exclusive, Errc::enoprotoopt);
  REQUIRE_OK(s.bind(InetAddress{"", 0}));
  const auto name = std::get<InetAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.host, "0.0.0.0");
  Socket clash = t.open(kind);
  const Result<void> taken = clash.bind(InetAddress{"127.0.0.1", name.port});
  REQUIRE(!taken);
  // What is exclusive may be forbidden rather than in use (Microsoft's table in "Sharing Transport Addresses").
  if (!exclusive || taken.error() != Errc::eacces) REQUIRE_ERROR(taken, Errc::eaddrinuse);
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

}  // namespace
}  // namespace everysock::conformance
