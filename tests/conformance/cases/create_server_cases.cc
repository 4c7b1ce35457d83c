// create_server.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(tcp_kinds, "create/server", Rows({"function/create_server"}), Needs{}) {
  const char* host = kind.family == af_inet ? "127.0.0.1" : "::1";
  Socket server = REQUIRE_OK(create_server({host, 0}, {.family = kind.family}, t.backend()));
  REQUIRE_EQ(server.family(), kind.family);
  REQUIRE_EQ(server.type(), sock_stream);
  REQUIRE_NE(port_of(REQUIRE_OK(server.getsockname())), 0);
  Connection c = t.connect_to(server, kind);
  REQUIRE_OK(c.client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "x");
}

CONFORMANCE("create/server_backlog", Rows({"function/create_server"}), Needs{Feature::inet_stream, Feature::listen}) {
  for (int backlog : {-1, 0, 1, 100}) {
    Socket server = REQUIRE_OK(create_server({"127.0.0.1", 0}, {.backlog = backlog}, t.backend()));
    (void)t.connect_to(server, tcp4);
  }
}

CONFORMANCE("create/server_reuses_addresses", Rows({"function/create_server", "behaviour/B40", "behaviour/B55"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::socket_options, Feature::server_reuse_address}) {
  InetAddress address{"127.0.0.1", 0};
  {
    Socket server = REQUIRE_OK(create_server(address, {}, t.backend()));
    address = host_and_port_of(server);
    REQUIRE_NE(REQUIRE_OK(server.getsockopt(sol_socket, so_reuseaddr)), 0);
    Connection c = t.connect_to(server, tcp4);
    REQUIRE_OK(c.server.close());
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(1)), "");
  }
  Socket again = REQUIRE_OK(create_server(address, {}, t.backend()));  // at once
  REQUIRE_EQ(host_and_port_of(again), address);
}

CONFORMANCE("create/server_reuse_port", Rows({"function/create_server", "constant/SO_REUSEPORT"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::reuse_port}) {
  Socket first = REQUIRE_OK(create_server({"127.0.0.1", 0}, {.reuse_port = true}, t.backend()));
  REQUIRE_NE(REQUIRE_OK(first.getsockopt(sol_socket, so_reuseport)), 0);
  Socket second = REQUIRE_OK(create_server(host_and_port_of(first), {.reuse_port = true}, t.backend()));
  REQUIRE_EQ(host_and_port_of(second), host_and_port_of(first));
  Socket without = REQUIRE_OK(create_server({"127.0.0.1", 0}, {}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(without.getsockopt(sol_socket, so_reuseport)), 0);
}

CONFORMANCE("create/server_without_reuse_port", Rows({"function/create_server"}),
            Needs{Feature::inet_stream, Feature::listen}) {
  Socket server = REQUIRE_OK(create_server({"127.0.0.1", 0}, {}, t.backend()));
  const Error error = REQUIRE_ERROR(create_server(host_and_port_of(server), {}, t.backend()), Errc::eaddrinuse);
  REQUIRE_EQ(error.operation(), Operation::create_server);
}

CONFORMANCE("create/server_inet6_alone", Rows({"function/create_server", "behaviour/B41"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::listen, Feature::connect_refused,
                  &probe::ipv6_loopback}) {
  Socket server = REQUIRE_OK(create_server({"", 0}, {.family = af_inet6}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(server.getsockopt(ipproto_ipv6, ipv6_v6only)), 1);
  Socket client = t.open(tcp4);
  REQUIRE_ERROR(client.connect(InetAddress{"127.0.0.1", host_and_port_of(server).port}), Errc::econnrefused);
}

CONFORMANCE("create/server_dual_stack", Rows({"function/create_server", "behaviour/B41", "example/E10"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::listen, Feature::dual_stack,
                  &probe::dual_stack}) {
  Socket server = REQUIRE_OK(create_server({"", 0}, {.family = af_inet6, .dualstack_ipv6 = true}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(server.getsockopt(ipproto_ipv6, ipv6_v6only)), 0);
  const int port = host_and_port_of(server).port;
  Socket over_ipv4 = t.open(tcp4);
  REQUIRE_OK(over_ipv4.connect(InetAddress{"127.0.0.1", port}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(server.accept()).address).host.str(), "::ffff:127.0.0.1");
  Socket over_ipv6 = t.open(tcp6);
  REQUIRE_OK(over_ipv6.connect(Inet6Address{"::1", port}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(server.accept()).address).host.str(), "::1");
}

CONFORMANCE("create/has_dualstack_ipv6", Rows({"function/has_dualstack_ipv6"}),
            Needs{Feature::inet6_stream, Feature::dual_stack, &probe::dual_stack}) {
  REQUIRE_OK(create_server({"", 0}, {.family = af_inet6, .dualstack_ipv6 = true}, t.backend()));
  REQUIRE(has_dualstack_ipv6(t.backend()));
}

CONFORMANCE("create/server_bad_options", Rows({"function/create_server", "exception/ValueError"}), Needs{}) {
  REQUIRE_ERROR(create_server({"", 0}, {.family = af_inet, .dualstack_ipv6 = true}, t.backend()),
                UsageErrc::dualstack_family);
  REQUIRE_ERROR(create_server({"", 0}, {.family = af_unix}, t.backend()), UsageErrc::bad_family);
}

CONFORMANCE("create/server_bad_addresses", Rows({"function/create_server", "exception/gaierror"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  REQUIRE_ERROR(create_server({"192.0.2.1", 0}, {}, t.backend()), Errc::eaddrnotavail);
  REQUIRE_ERROR(create_server({"127.0.0.1", -1}, {}, t.backend()), UsageErrc::port_out_of_range);
  const auto unknown = create_server({"no such host", 0}, {}, t.backend());
  REQUIRE(!unknown && unknown.error().domain() == ErrorDomain::gai);
}

}  // namespace
}  // namespace everysock::conformance
