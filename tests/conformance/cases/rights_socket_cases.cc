// What a socket that has been passed still knows, by kind of socket.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

// Passes `socket` over a pair of its own and closes the original.
Socket pass(Context& t, Socket& socket) {
  auto [a, b] = REQUIRE_OK(socketpair(af_unix, sock_dgram, {}, t.backend()));
  REQUIRE_OK(send_fds(a, {"s"}, {socket.fileno()}));
  REQUIRE_OK(socket.close());
  REQUIRE(t.ready(b, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(b, 1, 1));
  REQUIRE_EQ(got.fds.size(), 1u);
  return REQUIRE_OK(socket_from_fileno(got.fds[0], {}, t.backend()));
}

CONFORMANCE_OVER(connected_kinds, "rights/a_connected_socket", Rows({"function/send_fds", "behaviour/B32"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Connection c = t.connected(kind);
  const Protocol proto = REQUIRE_OK(socket_from_fileno(REQUIRE_OK(c.client.dup()).detach(), {}, t.backend())).proto();
  const Address local = REQUIRE_OK(c.client.getsockname());
  const Address peer = REQUIRE_OK(c.client.getpeername());
  Socket got = pass(t, c.client);
  REQUIRE_EQ(got.family(), kind.family);
  REQUIRE_EQ(got.type(), kind.type);
  REQUIRE_EQ(got.proto(), proto);
  REQUIRE_EQ(REQUIRE_OK(got.getsockname()), local);
  REQUIRE_EQ(REQUIRE_OK(got.getpeername()), peer);
  require_connection(t, got, c.server);
}

CONFORMANCE_OVER(connected_kinds, "rights/the_same_socket", Rows({"function/send_fds", "method/getsockopt"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Connection c = t.connected(kind);
  const std::string cookie = REQUIRE_OK(c.client.getsockopt(sol_socket, so_cookie, 8));
  REQUIRE_EQ(cookie.size(), 8u);
  REQUIRE(REQUIRE_OK(c.server.getsockopt(sol_socket, so_cookie, 8)) != cookie);
  Socket duplicate = REQUIRE_OK(c.client.dup());
  REQUIRE_EQ(REQUIRE_OK(duplicate.getsockopt(sol_socket, so_cookie, 8)), cookie);
  Socket got = pass(t, c.client);
  REQUIRE_EQ(REQUIRE_OK(got.getsockopt(sol_socket, so_cookie, 8)), cookie);
  REQUIRE_ERROR(got.getsockopt(sol_socket, so_cookie, 7), Errc::einval);
}

CONFORMANCE_OVER(listener_kinds, "rights/a_listening_socket", Rows({"function/send_fds", "method/accept"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Socket server = t.listener(kind);
  const Address address = REQUIRE_OK(server.getsockname());
  // One connection is waiting already, one comes afterwards.
  Socket early = t.open(kind);
  REQUIRE_OK(early.connect(address));
  REQUIRE(t.ready(server, Interest::read));
  Socket got = pass(t, server);
  REQUIRE_EQ(REQUIRE_OK(got.getsockopt(sol_socket, so_acceptconn)), 1);
  Socket late = t.open(kind);
  REQUIRE_OK(late.connect(address));
  for (Socket* client : {&early, &late}) {
    REQUIRE(t.ready(got, Interest::read));
    Socket accepted = REQUIRE_OK(got.accept()).socket;
    require_connection(t, *client, accepted);
  }
}

CONFORMANCE_OVER(datagram_kinds, "rights/a_bound_socket", Rows({"function/send_fds"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Socket receiver = t.bound(kind);
  Socket sender = t.bound(kind);
  const Address address = REQUIRE_OK(receiver.getsockname());
  REQUIRE_OK(sender.sendto("first", address));
  REQUIRE(t.ready(receiver, Interest::read));
  Socket got = pass(t, receiver);
  REQUIRE_OK(sender.sendto("second", address));
  for (const std::string_view expected : {"first", "second"}) {
    REQUIRE(t.ready(got, Interest::read));
    const Received message = REQUIRE_OK(got.recvfrom(100));
    REQUIRE_EQ(message.data, expected);
    REQUIRE_EQ(message.address, REQUIRE_OK(sender.getsockname()));
  }
}

CONFORMANCE_OVER(every_kind, "rights/a_fresh_socket", Rows({"function/send_fds"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Socket original = t.open(kind);
  Socket got = pass(t, original);
  REQUIRE_OK(got.bind(t.fresh_address(kind)));
  if (kind.type != sock_dgram) {
    REQUIRE_OK(got.listen());
    Connection c = t.connect_to(got, kind);
    require_connection(t, c.client, c.server);
    return;
  }
  Socket sender = t.bound(kind);
  REQUIRE_OK(sender.sendto("to it", REQUIRE_OK(got.getsockname())));
  REQUIRE(t.ready(got, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(got.recv(100)), "to it");
}

CONFORMANCE_OVER(every_kind, "rights/mode_and_options", Rows({"function/send_fds", "behaviour/B04"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram, Feature::socket_options}) {
  // The descriptor's blocking mode and the options belong to the socket and go along.
  Socket original = t.open(kind);
  REQUIRE_OK(original.setsockopt(sol_socket, so_keepalive, 1));
  REQUIRE_OK(original.setblocking(false));
  Socket got = pass(t, original);
  REQUIRE(!REQUIRE_OK(t.backend().blocking(got.handle())));
  REQUIRE_EQ(REQUIRE_OK(got.getsockopt(sol_socket, so_keepalive)), 1);
}

CONFORMANCE_OVER(connected_kinds, "rights/there_and_back", Rows({"function/send_fds"}),
                 Needs{Feature::pass_handles, Feature::socketpair_unix, Feature::unix_dgram}) {
  Connection c = t.connected(kind);
  Socket once = pass(t, c.client);
  Socket twice = pass(t, once);
  require_connection(t, twice, c.server);
}

}  // namespace
}  // namespace everysock::conformance
