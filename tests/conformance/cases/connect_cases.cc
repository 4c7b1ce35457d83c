// Making connections, the client: connect and connect_ex, in progress, refused, from and to which address.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(listener_kinds, "connect/refused", Rows({"method/connect", "exception/OSError"}),
                 Needs{Feature::connect_refused}) {
  Socket deaf = t.bound(kind);  // bound, but not listening
  Socket client = t.open(kind);
  const Error error = REQUIRE_ERROR(client.connect(REQUIRE_OK(deaf.getsockname())), Errc::econnrefused);
  REQUIRE_EQ(error.operation(), Operation::connect);
  REQUIRE_EQ(error.message(), "connect: Connection refused [ECONNREFUSED]");
}

CONFORMANCE_OVER(listener_kinds, "connect/refused_in_time_out_mode", Rows({"method/connect", "behaviour/B06"}),
                 Needs{Feature::connect_refused}) {
  Socket deaf = t.bound(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.settimeout(Context::patience));
  REQUIRE_ERROR(client.connect(REQUIRE_OK(deaf.getsockname())), Errc::econnrefused);
}

CONFORMANCE_OVER(tcp_kinds, "connect/refused_later", Rows({"method/connect", "constant-group/SO_*"}),
                 Needs{Feature::connect_refused, Feature::socket_options}) {
  Socket deaf = t.bound(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE(REQUIRE_ERROR(client.connect(REQUIRE_OK(deaf.getsockname())), Errc::einprogress).would_block());
  REQUIRE(t.ready(client, Interest::write));
  REQUIRE_EQ(REQUIRE_OK(client.getsockopt(sol_socket, so_error)), static_cast<int>(Errc::econnrefused));
  REQUIRE_EQ(REQUIRE_OK(client.getsockopt(sol_socket, so_error)), 0);
  REQUIRE_ERROR(client.getpeername(), Errc::enotconn);
}

CONFORMANCE_OVER(listener_kinds, "connect/ex_refused", Rows({"method/connect_ex"}), Needs{Feature::connect_refused}) {
  Socket deaf = t.bound(kind);
  Socket client = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(REQUIRE_OK(deaf.getsockname()))), Errc::econnrefused);
}

CONFORMANCE_OVER(listener_kinds, "connect/ex_succeeds", Rows({"method/connect_ex"}), Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(REQUIRE_OK(listener.getsockname()))), Errc::ok);
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(REQUIRE_OK(listener.getsockname()))), Errc::eisconn);
}

CONFORMANCE("connect/ex_bad_arguments", Rows({"method/connect_ex"}), Needs{Feature::inet_stream}) {
  Socket client = t.open(tcp4);
  REQUIRE_ERROR(client.connect_ex(InetAddress{"127.0.0.1", 70000}), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(client.connect_ex(UnixAddress{"nowhere"}), UsageErrc::address_form);
}

CONFORMANCE_OVER(tcp_kinds, "connect/in_progress", Rows({"method/connect", "exception/BlockingIOError"}),
                 Needs{Feature::socket_options}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_ERROR(client.connect(REQUIRE_OK(listener.getsockname())), Errc::einprogress);
  REQUIRE(t.ready(client, Interest::write));
  REQUIRE_EQ(REQUIRE_OK(client.getsockopt(sol_socket, so_error)), 0);
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), REQUIRE_OK(listener.getsockname()));
  REQUIRE_OK(client.sendall("done"));
  Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "done");
}

CONFORMANCE_OVER(listener_kinds, "connect/twice", Rows({"method/connect"}), Needs{}) {
  Socket listener = t.listener(kind);
  Connection c = t.connect_to(listener, kind);
  REQUIRE_ERROR(c.client.connect(REQUIRE_OK(listener.getsockname())), Errc::eisconn);
  REQUIRE_OK(c.client.sendall("unharmed"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "unharmed");
}

CONFORMANCE_OVER(tcp_kinds, "connect/binds_the_client", Rows({"method/connect", "method/getsockname"}), Needs{}) {
  Connection c = t.connected(kind);
  const Address own = REQUIRE_OK(c.client.getsockname());
  REQUIRE_NE(port_of(own), 0);
  REQUIRE_EQ(own, t.loopback(kind, port_of(own)));
}

CONFORMANCE("connect/source_port_kept", Rows({"method/bind", "method/connect"}),
            Needs{Feature::inet_stream, Feature::listen}) {
  Socket listener = t.listener(tcp4);
  Socket client = t.bound(tcp4);
  const Address before = REQUIRE_OK(client.getsockname());
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(client.getsockname()), before);
  REQUIRE_EQ(REQUIRE_OK(listener.accept()).address, before);
}

CONFORMANCE("connect/by_name", Rows({"behaviour/B24", "family/AF_INET"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo, &probe::localhost}) {
  Socket listener = t.listener(tcp4);
  Socket client = t.open(tcp4);
  const int port = port_of(REQUIRE_OK(listener.getsockname()));
  REQUIRE_OK(client.connect(InetAddress{"localhost", port}));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), Address(InetAddress{"127.0.0.1", port}));
}

CONFORMANCE("connect/to_the_wildcard", Rows({"method/connect", "family/AF_INET host ''"}),
            Needs{Feature::inet_stream, Feature::listen}) {
  Socket listener = t.listener(tcp4);
  Socket client = t.open(tcp4);
  const int port = port_of(REQUIRE_OK(listener.getsockname()));
  REQUIRE_OK(client.connect(InetAddress{"", port}));  // Linux: this host
  REQUIRE_EQ(port_of(REQUIRE_OK(client.getpeername())), port);
}

CONFORMANCE("connect/numeric_host_of_the_other_family", Rows({"family/AF_INET6", "family/AF_INET"}),
            Needs{Feature::inet_stream, Feature::inet6_stream, Feature::getaddrinfo}) {
  Socket inet6 = t.open(tcp6);
  const Result<void> refused6 = inet6.connect(InetAddress{"127.0.0.1", 9});
  REQUIRE(!refused6 && (refused6.error() == GaiErrc::addrfamily || refused6.error() == GaiErrc::noname));
  Socket inet = t.open(tcp4);
  const Result<void> refused4 = inet.connect(InetAddress{"::1", 9});
  REQUIRE(!refused4 && (refused4.error() == GaiErrc::addrfamily || refused4.error() == GaiErrc::noname));
}

CONFORMANCE("connect/unknown_host", Rows({"exception/gaierror", "method/connect"}),
            Needs{Feature::inet_stream, Feature::getaddrinfo}) {
  Socket s = t.open(tcp4);
  const Result<void> refused = s.connect(InetAddress{"no such host", 9});
  REQUIRE(!refused);
  REQUIRE(refused.error().domain() == ErrorDomain::gai);
  REQUIRE_EQ(refused.error().operation(), Operation::connect);
}

CONFORMANCE_OVER((std::array{&unix_path, &seqpacket}), "connect/missing_path",
                 Rows({"method/connect", "family/AF_UNIX"}), Needs{}) {
  Socket client = t.open(kind);
  REQUIRE_ERROR(client.connect(UnixAddress{t.fresh_path()}), Errc::enoent);
}

CONFORMANCE("connect/missing_abstract_name", Rows({"method/connect", "family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_stream, Feature::unix_abstract}) {
  Socket client = t.open(unix_abstract);
  REQUIRE_ERROR(client.connect(t.fresh_address(unix_abstract)), Errc::econnrefused);
}

CONFORMANCE("connect/path_of_a_closed_listener", Rows({"method/connect", "family/AF_UNIX"}),
            Needs{Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  const Address address = REQUIRE_OK(listener.getsockname());
  REQUIRE_OK(listener.close());
  Socket client = t.open(unix_path);
  REQUIRE_ERROR(client.connect(address), Errc::econnrefused);  // the name stays, nobody is behind it
}

CONFORMANCE("connect/stream_to_datagram_path", Rows({"method/connect", "family/AF_UNIX"}),
            Needs{Feature::unix_stream, Feature::unix_dgram, Feature::unix_path}) {
  Socket receiver = t.bound(unix_dgram);
  Socket client = t.open(unix_path);
  REQUIRE_ERROR(client.connect(REQUIRE_OK(receiver.getsockname())), Errc::eprototype);
}

CONFORMANCE_OVER(tcp_kinds, "connect/from_a_listener", Rows({"method/connect"}), Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_ERROR(listener.connect(REQUIRE_OK(listener.getsockname())), Errc::eisconn);
}

CONFORMANCE_OVER(listener_kinds, "connect/many_at_once", Rows({"method/connect", "method/accept"}),
                 Needs{Feature::threads}) {
  Socket listener = t.listener(kind, 128);
  const Address address = REQUIRE_OK(listener.getsockname());
  constexpr int each = 10;
  const auto connect_some = [&] {
    for (int i = 0; i < each; ++i) {
      Socket client = t.open(kind);
      REQUIRE_OK(client.connect(address));
      REQUIRE_OK(client.sendall("x"));
      REQUIRE_EQ(REQUIRE_OK(client.recv(10)), "y");
    }
  };
  Worker first = t.spawn(connect_some);
  Worker second = t.spawn(connect_some);
  for (int i = 0; i < 2 * each; ++i) {
    Accepted accepted = REQUIRE_OK(listener.accept());
    REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "x");
    REQUIRE_OK(accepted.socket.sendall("y"));
    REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "");
  }
  first.join();
  second.join();
}

}  // namespace
}  // namespace everysock::conformance
