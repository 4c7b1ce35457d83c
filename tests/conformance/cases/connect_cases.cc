// Making connections: listen, accept and connect.
#include <algorithm>
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

// Fills the listener's backlog, so that a further connection attempt hangs. Returns what fills it.
std::vector<Socket> fill_backlog(Context& t, const Kind& kind, const Address& address) {
  std::vector<Socket> fillers;
  for (int i = 0; i < 20; ++i) {
    Socket s = t.open(kind);
    REQUIRE_OK(s.setblocking(false));
    const Result<void> connected = s.connect(address);
    const bool pending = !connected && connected.error() == Errc::einprogress;
    if (!connected && !pending) {
      REQUIRE_ERROR(connected, Errc::eagain);  // AF_UNIX says so at once
      return fillers;
    }
    const bool done = t.ready(s, Interest::write, 0.3);
    fillers.push_back(std::move(s));
    if (!done) return fillers;
  }
  fail_case(EVERYSOCK_HERE, "20 connections do not fill a backlog of 0");
}

// ---- listen ----

CONFORMANCE_OVER(tcp_kinds, "connect/listen_binds", Rows({"method/listen", "method/getsockname"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.listen());
  const int port = port_of(REQUIRE_OK(s.getsockname()));
  REQUIRE_NE(port, 0);
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(t.loopback(kind, port)));
}

CONFORMANCE("connect/listen_unbound_unix", Rows({"method/listen"}), Needs{Feature::unix_stream, Feature::listen}) {
  Socket s = t.open(unix_path);
  REQUIRE_ERROR(s.listen(), Errc::einval);
}

CONFORMANCE_OVER(listener_kinds, "connect/listen_with_negative_backlog", Rows({"method/listen"}), Needs{}) {
  Socket listener = t.bound(kind);
  REQUIRE_OK(listener.listen(-5));
  (void)t.connect_to(listener, kind);
}

CONFORMANCE_OVER(listener_kinds, "connect/listen_without_backlog", Rows({"method/listen"}), Needs{}) {
  Socket listener = t.bound(kind);
  REQUIRE_OK(listener.listen());
  std::vector<Socket> clients;  // a "reasonable value" takes this many at once
  for (int i = 0; i < 20; ++i) {
    clients.push_back(t.open(kind));
    REQUIRE_OK(clients.back().connect(REQUIRE_OK(listener.getsockname())));
  }
  for (int i = 0; i < 20; ++i) REQUIRE_OK(listener.accept());
}

CONFORMANCE_OVER(listener_kinds, "connect/listen_twice", Rows({"method/listen"}), Needs{}) {
  Socket listener = t.bound(kind);
  REQUIRE_OK(listener.listen(1));
  REQUIRE_OK(listener.listen(5));
  (void)t.connect_to(listener, kind);
}

CONFORMANCE_OVER(listener_kinds, "connect/listen_on_a_connection", Rows({"method/listen"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.client.listen(), Errc::einval);
}

// ---- accept ----

CONFORMANCE_OVER(listener_kinds, "connect/accept_gives_the_peer", Rows({"method/accept", "method/getpeername"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.bind(t.fresh_address(kind)));
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(accepted.address, REQUIRE_OK(client.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.getpeername()), REQUIRE_OK(client.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.getsockname()), REQUIRE_OK(client.getpeername()));
}

CONFORMANCE_OVER(listener_kinds, "connect/accept_in_order", Rows({"method/accept"}), Needs{}) {
  Socket listener = t.listener(kind);
  std::vector<Socket> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(t.open(kind));
    REQUIRE_OK(clients.back().connect(REQUIRE_OK(listener.getsockname())));
    REQUIRE_OK(clients.back().sendall(std::to_string(i)));
  }
  for (int i = 0; i < 5; ++i) {
    Accepted accepted = REQUIRE_OK(listener.accept());
    REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), std::to_string(i));
  }
}

CONFORMANCE_OVER(listener_kinds, "connect/accepted_facts",
                 Rows({"method/accept", "attribute/family", "attribute/type", "attribute/proto"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(c.server.family(), kind.family);
  REQUIRE_EQ(c.server.type(), kind.type);
  REQUIRE_EQ(c.server.proto(), Protocol{});
  REQUIRE_NE(c.server.fileno(), -1);
  REQUIRE_NE(c.server.fileno(), c.client.fileno());
}

CONFORMANCE_OVER(listener_kinds, "connect/accept_on_a_deaf_socket", Rows({"method/accept"}), Needs{}) {
  Socket s = t.bound(kind);
  REQUIRE_ERROR(s.accept(), Errc::einval);
}

CONFORMANCE_OVER(listener_kinds, "connect/accept_would_block", Rows({"method/accept", "exception/BlockingIOError"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.setblocking(false));
  REQUIRE(REQUIRE_ERROR(listener.accept(), Errc::eagain).would_block());
}

CONFORMANCE_OVER(listener_kinds, "connect/listener_readiness", Rows({"method/accept", "behaviour/B57"}), Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE(!t.ready(listener, Interest::read, Context::moment));
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE(t.ready(listener, Interest::read));
  REQUIRE_OK(listener.accept());
  REQUIRE(!t.ready(listener, Interest::read, Context::moment));
}

CONFORMANCE_OVER(listener_kinds, "connect/accept_waits", Rows({"method/accept", "behaviour/B01"}),
                 Needs{Feature::threads}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  Worker connector = t.spawn([&] {
    t.pause(Context::moment);
    REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  });
  Accepted accepted = REQUIRE_OK(listener.accept());
  connector.join();
  REQUIRE_OK(client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "x");
}

CONFORMANCE_OVER(listener_kinds, "connect/two_threads_accept", Rows({"method/accept"}), Needs{Feature::threads}) {
  Socket listener = t.listener(kind);
  std::array<Accepted, 2> accepted;
  Worker first = t.spawn([&] { accepted[0] = REQUIRE_OK(listener.accept()); });
  Worker second = t.spawn([&] { accepted[1] = REQUIRE_OK(listener.accept()); });
  std::array<Socket, 2> clients;
  for (Socket& client : clients) {
    client = t.open(kind);
    REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
    REQUIRE_OK(client.sendall("x"));
  }
  first.join();
  second.join();
  for (Accepted& each : accepted) REQUIRE_EQ(REQUIRE_OK(each.socket.recv(10)), "x");
}

CONFORMANCE_OVER(listener_kinds, "connect/client_gone_before_accept", Rows({"method/accept", "behaviour/B21"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE_OK(client.sendall("goodbye"));
  REQUIRE_OK(client.close());
  Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "goodbye");
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(10)), "");
}

CONFORMANCE_OVER(listener_kinds, "connect/listener_gone_before_accept", Rows({"method/close"}), Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE_OK(listener.close());
  REQUIRE(t.ready(client, Interest::read));
  REQUIRE_ERROR(client.recv(10), Errc::econnreset);
}

CONFORMANCE_OVER(listener_kinds, "connect/connections_outlive_the_listener", Rows({"method/close"}), Needs{}) {
  Socket listener = t.listener(kind);
  Connection c = t.connect_to(listener, kind);
  REQUIRE_OK(listener.close());
  REQUIRE_OK(c.client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "x");
}

CONFORMANCE_OVER(listener_kinds, "connect/shutdown_wakes_accept", Rows({"method/shutdown", "method/accept"}),
                 Needs{Feature::threads}) {
  Socket listener = t.listener(kind);
  Worker acceptor = t.spawn([&] { REQUIRE_ERROR(listener.accept(), Errc::einval); });
  t.pause(Context::moment);
  REQUIRE_OK(listener.shutdown(shut_rdwr));
  acceptor.join();
}

CONFORMANCE_OVER(tcp_kinds, "connect/accepted_options", Rows({"method/accept", "constant-group/SO_*"}),
                 Needs{Feature::socket_options, Feature::tcp_options}) {
  Socket listener = t.bound(kind);
  REQUIRE_OK(listener.setsockopt(sol_socket, so_keepalive, 1));
  REQUIRE_OK(listener.setsockopt(ipproto_tcp, tcp_nodelay, 1));
  REQUIRE_OK(listener.listen());
  Connection c = t.connect_to(listener, kind);
  REQUIRE_NE(REQUIRE_OK(c.server.getsockopt(sol_socket, so_keepalive)), 0);
  REQUIRE_NE(REQUIRE_OK(c.server.getsockopt(ipproto_tcp, tcp_nodelay)), 0);
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockopt(sol_socket, so_keepalive)), 0);
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, so_acceptconn)), 0);
}

// ---- connect ----

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

CONFORMANCE_OVER(tcp_kinds, "connect/ex_in_progress", Rows({"method/connect_ex", "exception/BlockingIOError"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(REQUIRE_OK(listener.getsockname()))), Errc::einprogress);
  REQUIRE(t.ready(client, Interest::write));
  REQUIRE_OK(client.getpeername());
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

CONFORMANCE_OVER(tcp_kinds, "connect/already", Rows({"method/connect"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket& hanging = fillers.back();
  REQUIRE(REQUIRE_ERROR(hanging.connect(address), Errc::ealready).would_block());
}

CONFORMANCE_OVER(tcp_kinds, "connect/times_out", Rows({"method/connect", "behaviour/B06", "exception/timeout"}),
                 Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket client = t.open(kind);
  REQUIRE_OK(client.settimeout(0.1));
  const double start = t.now();
  const Error error = REQUIRE_TIMEOUT(client.connect(address));
  REQUIRE_GE(t.now() - start, 0.099);
  REQUIRE_LT(t.now() - start, 5.0);
  REQUIRE_EQ(error.message(), "connect: timed out");
}

CONFORMANCE_OVER(tcp_kinds, "connect/ex_times_out", Rows({"method/connect_ex"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket client = t.open(kind);
  REQUIRE_OK(client.settimeout(0.05));
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(address)), Errc::eagain);
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_abstract, &seqpacket}), "connect/backlog_full",
                 Rows({"method/listen", "method/connect"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 1);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  REQUIRE_EQ(fillers.size(), 2u);  // Linux: the backlog and one more
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_ERROR(client.connect(address), Errc::eagain);
  REQUIRE_OK(listener.accept());
  REQUIRE_OK(client.connect(address));  // there is room again
}

CONFORMANCE_OVER(tcp_kinds, "connect/backlog_drains", Rows({"method/listen"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const std::vector<Socket> fillers = fill_backlog(t, kind, REQUIRE_OK(listener.getsockname()));
  for (std::size_t i = 0; i + 1 < fillers.size(); ++i) REQUIRE_OK(listener.accept());
  // The one that was held back is let in when its system tries again.
  REQUIRE(t.ready(listener, Interest::read));
  REQUIRE_OK(listener.accept());
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
