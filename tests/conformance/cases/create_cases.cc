// create_connection and create_server, and the programs of the documentation.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

InetAddress address_of(Socket& listener) {
  const Address name = REQUIRE_OK(listener.getsockname());
  if (const auto* inet = std::get_if<InetAddress>(&name)) return *inet;
  const auto& inet6 = std::get<Inet6Address>(name);
  return InetAddress{inet6.host, inet6.port};
}

// ---- create_connection ----

CONFORMANCE_OVER(tcp_kinds, "create/connection", Rows({"function/create_connection"}), Needs{Feature::getaddrinfo}) {
  Socket listener = t.listener(kind);
  Socket s = REQUIRE_OK(create_connection(address_of(listener), {}, t.backend()));
  REQUIRE_EQ(s.family(), kind.family);
  REQUIRE_EQ(s.type(), sock_stream);
  REQUIRE_EQ(s.gettimeout(), std::nullopt);
  REQUIRE_EQ(REQUIRE_OK(s.getpeername()), REQUIRE_OK(listener.getsockname()));
  Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE_OK(s.sendall("hello"));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "hello");
}

CONFORMANCE("create/connection_by_name", Rows({"function/create_connection"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo, &probe::localhost}) {
  Socket listener = t.listener(tcp4);
  Socket s = REQUIRE_OK(create_connection({"localhost", address_of(listener).port}, {}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(s.getpeername()), REQUIRE_OK(listener.getsockname()));
}

CONFORMANCE("create/connection_timeout", Rows({"function/create_connection", "behaviour/B39"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  Socket listener = t.listener(tcp4);
  const InetAddress address = address_of(listener);
  REQUIRE_EQ(REQUIRE_OK(create_connection(address, {.timeout = 30.0}, t.backend())).gettimeout(), std::optional(30.0));
  REQUIRE_OK(setdefaulttimeout(12.0));
  REQUIRE_EQ(REQUIRE_OK(create_connection(address, {}, t.backend())).gettimeout(), std::optional(12.0));
  REQUIRE_EQ(REQUIRE_OK(create_connection(address, {.timeout = std::nullopt}, t.backend())).gettimeout(), std::nullopt);
  REQUIRE_EQ(REQUIRE_OK(create_connection(address, {.timeout = 3.0}, t.backend())).gettimeout(), std::optional(3.0));
  REQUIRE_OK(setdefaulttimeout(std::nullopt));
}

CONFORMANCE_OVER(tcp_kinds, "create/connection_source", Rows({"function/create_connection"}),
                 Needs{Feature::getaddrinfo}) {
  Socket listener = t.listener(kind);
  const char* host = kind.family == af_inet ? "127.0.0.1" : "::1";
  int port = 0;
  {
    Socket probe = t.bound(kind);
    port = port_of(REQUIRE_OK(probe.getsockname()));
  }
  Socket s =
      REQUIRE_OK(create_connection(address_of(listener), {.source_address = InetAddress{host, port}}, t.backend()));
  REQUIRE_EQ(port_of(REQUIRE_OK(s.getsockname())), port);
  Socket any = REQUIRE_OK(create_connection(address_of(listener), {.source_address = InetAddress{"", 0}}, t.backend()));
  REQUIRE_NE(port_of(REQUIRE_OK(any.getsockname())), 0);
}

CONFORMANCE_OVER(tcp_kinds, "create/connection_refused", Rows({"function/create_connection", "behaviour/B38"}),
                 Needs{Feature::getaddrinfo, Feature::connect_refused}) {
  Socket deaf = t.bound(kind);
  std::vector<Error> all = {Error(Operation::none, Errc::eio)};
  const auto refused = create_connection(address_of(deaf), {.all_errors = &all}, t.backend());
  const Error error = REQUIRE_ERROR(refused, Errc::econnrefused);
  REQUIRE_EQ(error.message(), "create_connection: Connection refused [ECONNREFUSED]");
  REQUIRE_EQ(all.size(), 1u);  // one address, one attempt
  REQUIRE(all[0] == error);
}

CONFORMANCE("create/connection_all_errors",
            Rows({"function/create_connection", "behaviour/B38", "exception/ExceptionGroup"}),
            Needs{Feature::inet_stream, Feature::getaddrinfo, Feature::connect_refused, &probe::localhost}) {
  Socket deaf = t.bound(tcp4);
  const int port = address_of(deaf).port;
  const auto targets = REQUIRE_OK(getaddrinfo("localhost", port, af_unspec, sock_stream, {}, {}, t.backend()));
  std::vector<Error> all;
  const auto refused = create_connection({"localhost", port}, {.all_errors = &all}, t.backend());
  if (refused) return;  // somebody listens to that port of ::1
  REQUIRE_EQ(all.size(), targets.size());
  REQUIRE(all.back() == refused.error());
}

CONFORMANCE("create/connection_all_errors_of_success", Rows({"function/create_connection", "behaviour/B38"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  Socket listener = t.listener(tcp4);
  std::vector<Error> all = {Error(Operation::none, Errc::eio)};
  REQUIRE_OK(create_connection(address_of(listener), {.all_errors = &all}, t.backend()));
  REQUIRE(all.empty());
}

CONFORMANCE("create/connection_bad_source", Rows({"function/create_connection"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  Socket listener = t.listener(tcp4);
  REQUIRE_ERROR(create_connection(address_of(listener), {.source_address = InetAddress{"192.0.2.1", 0}}, t.backend()),
                Errc::eaddrnotavail);
}

CONFORMANCE("create/connection_bad_arguments", Rows({"function/create_connection", "exception/gaierror"}),
            Needs{Feature::getaddrinfo}) {
  const auto unknown = create_connection({"no such host", 80}, {}, t.backend());
  REQUIRE(!unknown);
  REQUIRE(unknown.error().domain() == ErrorDomain::gai);
  REQUIRE_EQ(unknown.error().operation(), Operation::create_connection);
  REQUIRE_ERROR(create_connection({"127.0.0.1", 65536}, {}, t.backend()), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(create_connection({"127.0.0.1", 9}, {.timeout = -1.0}, t.backend()), UsageErrc::negative_timeout);
}

CONFORMANCE("create/connection_times_out", Rows({"function/create_connection", "behaviour/B06"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo, Feature::backlog}) {
  Socket listener = t.listener(tcp4, 0);
  std::vector<Socket> fillers;
  for (int i = 0; i < 20; ++i) {
    auto filler = create_connection(address_of(listener), {.timeout = 0.05}, t.backend());
    if (!filler) {
      const Error error = REQUIRE_TIMEOUT(filler);
      REQUIRE_EQ(error.message(), "create_connection: timed out");
      return;
    }
    fillers.push_back(std::move(*filler));
  }
  fail_case(EVERYSOCK_HERE, "20 connections do not fill a backlog of 0");
}

// ---- create_server ----

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
            Needs{Feature::inet_stream, Feature::listen, Feature::socket_options}) {
  InetAddress address{"127.0.0.1", 0};
  {
    Socket server = REQUIRE_OK(create_server(address, {}, t.backend()));
    address = address_of(server);
    REQUIRE_NE(REQUIRE_OK(server.getsockopt(sol_socket, so_reuseaddr)), 0);
    Connection c = t.connect_to(server, tcp4);
    REQUIRE_OK(c.server.close());
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(1)), "");
  }
  Socket again = REQUIRE_OK(create_server(address, {}, t.backend()));  // at once
  REQUIRE_EQ(address_of(again), address);
}

CONFORMANCE("create/server_reuse_port", Rows({"function/create_server", "constant/SO_REUSEPORT"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::reuse_port}) {
  Socket first = REQUIRE_OK(create_server({"127.0.0.1", 0}, {.reuse_port = true}, t.backend()));
  REQUIRE_NE(REQUIRE_OK(first.getsockopt(sol_socket, so_reuseport)), 0);
  Socket second = REQUIRE_OK(create_server(address_of(first), {.reuse_port = true}, t.backend()));
  REQUIRE_EQ(address_of(second), address_of(first));
}

CONFORMANCE("create/server_without_reuse_port", Rows({"function/create_server"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::socket_options}) {
  Socket server = REQUIRE_OK(create_server({"127.0.0.1", 0}, {}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(server.getsockopt(sol_socket, so_reuseport)), 0);
  const Error error = REQUIRE_ERROR(create_server(address_of(server), {}, t.backend()), Errc::eaddrinuse);
  REQUIRE_EQ(error.operation(), Operation::create_server);
}

CONFORMANCE("create/server_inet6_alone", Rows({"function/create_server", "behaviour/B41"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::listen, Feature::connect_refused,
                  &probe::ipv6_loopback}) {
  Socket server = REQUIRE_OK(create_server({"", 0}, {.family = af_inet6}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(server.getsockopt(ipproto_ipv6, ipv6_v6only)), 1);
  Socket client = t.open(tcp4);
  REQUIRE_ERROR(client.connect(InetAddress{"127.0.0.1", address_of(server).port}), Errc::econnrefused);
}

CONFORMANCE("create/server_dual_stack", Rows({"function/create_server", "behaviour/B41", "example/E10"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::listen, Feature::dual_stack,
                  &probe::dual_stack}) {
  Socket server = REQUIRE_OK(create_server({"", 0}, {.family = af_inet6, .dualstack_ipv6 = true}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(server.getsockopt(ipproto_ipv6, ipv6_v6only)), 0);
  const int port = address_of(server).port;
  Socket over_ipv4 = t.open(tcp4);
  REQUIRE_OK(over_ipv4.connect(InetAddress{"127.0.0.1", port}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(server.accept()).address).host.str(), "::ffff:127.0.0.1");
  Socket over_ipv6 = t.open(tcp6);
  REQUIRE_OK(over_ipv6.connect(Inet6Address{"::1", port}));
  REQUIRE_EQ(std::get<Inet6Address>(REQUIRE_OK(server.accept()).address).host.str(), "::1");
}

CONFORMANCE("create/has_dualstack_ipv6", Rows({"function/has_dualstack_ipv6"}),
            Needs{Feature::inet6_stream, Feature::dual_stack, &probe::dual_stack}) {
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

// ---- the documentation's programs ----

CONFORMANCE("create/echo_ipv4", Rows({"example/E01", "example/E02", "behaviour/B54"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::threads}) {
  Socket server = t.open(tcp4);
  REQUIRE_OK(server.bind({"", 0}));
  REQUIRE_OK(server.listen(1));
  const int port = port_of(REQUIRE_OK(server.getsockname()));
  Worker echo = t.spawn([&] {
    auto [connection, address] = REQUIRE_OK(server.accept());
    REQUIRE_EQ(std::get<InetAddress>(address).host, "127.0.0.1");
    for (;;) {
      const std::string data = REQUIRE_OK(connection.recv(1024));
      if (data.empty()) break;
      REQUIRE_OK(connection.sendall(data));
    }
  });
  {
    Socket client = t.open(tcp4);
    REQUIRE_OK(client.connect({"127.0.0.1", port}));
    REQUIRE_OK(client.sendall("Hello, world"));
    REQUIRE_EQ(t.receive(client, 12), "Hello, world");
  }
  echo.join();
}

CONFORMANCE("create/echo_either_family", Rows({"example/E03", "example/E04", "behaviour/B63"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::threads, Feature::getaddrinfo}) {
  Socket server;
  for (const AddressInfo& info :
       REQUIRE_OK(getaddrinfo(std::nullopt, 0, af_unspec, sock_stream, {}, ai_passive, t.backend()))) {
    auto made = socket(info.family, info.type, info.proto, t.backend());
    if (!made) continue;
    if (!made->bind(info.address) || !made->listen(1)) continue;
    server = std::move(*made);
    break;
  }
  REQUIRE_NE(server.fileno(), -1);
  const int port = port_of(REQUIRE_OK(server.getsockname()));
  Worker echo = t.spawn([&] {
    Accepted accepted = REQUIRE_OK(server.accept());
    for (;;) {
      const std::string data = REQUIRE_OK(accepted.socket.recv(1024));
      if (data.empty()) break;
      REQUIRE_EQ(REQUIRE_OK(accepted.socket.send(data)), data.size());
    }
  });
  {
    Socket client;
    for (const AddressInfo& info :
         REQUIRE_OK(getaddrinfo(std::nullopt, port, af_unspec, sock_stream, {}, {}, t.backend()))) {
      auto made = socket(info.family, info.type, info.proto, t.backend());
      if (!made || !made->connect(info.address)) continue;
      client = std::move(*made);
      break;
    }
    REQUIRE_NE(client.fileno(), -1);
    REQUIRE_OK(client.sendall("Hello, world"));
    REQUIRE_EQ(t.receive(client, 12), "Hello, world");
  }
  echo.join();
}

}  // namespace
}  // namespace everysock::conformance
