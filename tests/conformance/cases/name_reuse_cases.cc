// Names that several sockets want: SO_REUSEADDR, SO_REUSEPORT, TIME_WAIT.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(tcp_kinds, "name/time_wait",
                 Rows({"behaviour/B55", "example/E08", "example/E09", "constant/SO_REUSEADDR"}),
                 Needs{Feature::socket_options, Feature::server_reuse_address}) {
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
                 Needs{Feature::socket_options, Feature::server_reuse_address}) {
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

}  // namespace
}  // namespace everysock::conformance
