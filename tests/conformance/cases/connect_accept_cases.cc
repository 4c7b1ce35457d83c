// Making connections, the server: listen and accept.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

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

}  // namespace
}  // namespace everysock::conformance
