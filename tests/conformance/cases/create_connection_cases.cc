// create_connection, and the documentation's programs that use it.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

// ---- create_connection ----

CONFORMANCE_OVER(tcp_kinds, "create/connection", Rows({"function/create_connection"}), Needs{Feature::getaddrinfo}) {
  Socket listener = t.listener(kind);
  Socket s = REQUIRE_OK(create_connection(host_and_port_of(listener), {}, t.backend()));
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
  Socket s = REQUIRE_OK(create_connection({"localhost", host_and_port_of(listener).port}, {}, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(s.getpeername()), REQUIRE_OK(listener.getsockname()));
}

CONFORMANCE("create/connection_timeout", Rows({"function/create_connection", "behaviour/B39"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  Socket listener = t.listener(tcp4);
  const InetAddress address = host_and_port_of(listener);
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
  Socket s = REQUIRE_OK(
      create_connection(host_and_port_of(listener), {.source_address = InetAddress{host, port}}, t.backend()));
  REQUIRE_EQ(port_of(REQUIRE_OK(s.getsockname())), port);
  Socket any =
      REQUIRE_OK(create_connection(host_and_port_of(listener), {.source_address = InetAddress{"", 0}}, t.backend()));
  REQUIRE_NE(port_of(REQUIRE_OK(any.getsockname())), 0);
}

CONFORMANCE_OVER(tcp_kinds, "create/connection_refused", Rows({"function/create_connection", "behaviour/B38"}),
                 Needs{Feature::getaddrinfo, Feature::connect_refused}) {
  Socket deaf = t.bound(kind);
  std::vector<Error> all = {Error(Operation::none, Errc::eio)};
  const auto refused = create_connection(host_and_port_of(deaf), {.all_errors = &all}, t.backend());
  const Error error = REQUIRE_ERROR(refused, Errc::econnrefused);
  REQUIRE_EQ(error.message(), "create_connection: Connection refused [ECONNREFUSED]");
  REQUIRE_EQ(all.size(), 1u);  // one address, one attempt
  REQUIRE(all[0] == error);
}

CONFORMANCE("create/connection_all_errors",
            Rows({"function/create_connection", "behaviour/B38", "exception/ExceptionGroup"}),
            Needs{Feature::inet_stream, Feature::getaddrinfo, Feature::connect_refused, &probe::localhost}) {
  Socket deaf = t.bound(tcp4);
  const int port = host_and_port_of(deaf).port;
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
  REQUIRE_OK(create_connection(host_and_port_of(listener), {.all_errors = &all}, t.backend()));
  REQUIRE(all.empty());
}

CONFORMANCE("create/connection_bad_source", Rows({"function/create_connection"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  Socket listener = t.listener(tcp4);
  REQUIRE_ERROR(
      create_connection(host_and_port_of(listener), {.source_address = InetAddress{"192.0.2.1", 0}}, t.backend()),
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
    auto filler = create_connection(host_and_port_of(listener), {.timeout = 0.05}, t.backend());
    if (!filler) {
      const Error error = REQUIRE_TIMEOUT(filler);
      REQUIRE_EQ(error.message(), "create_connection: timed out");
      return;
    }
    fillers.push_back(std::move(*filler));
  }
  fail_case(EVERYSOCK_HERE, "20 connections do not fill a backlog of 0");
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
