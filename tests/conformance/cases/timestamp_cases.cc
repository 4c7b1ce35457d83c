// When a message arrived: SO_TIMESTAMP and SO_TIMESTAMPNS.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

double seconds_of(const Timestamp& stamp) {
  return static_cast<double>(stamp.seconds) + static_cast<double>(stamp.nanoseconds) * 1e-9;
}

Timestamp arrival(Context& t, Connection& c) {
  REQUIRE_OK(c.client.send("m"));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, room_for(16)));
  REQUIRE_EQ(message.ancdata.size(), 1u);
  REQUIRE(!message.msg_flags.has(msg_ctrunc));
  const auto stamp = find_control<Timestamp>(message.ancdata);
  REQUIRE(stamp.has_value());
  REQUIRE_LE(0, stamp->nanoseconds);
  REQUIRE_LT(stamp->nanoseconds, 1'000'000'000);
  return *stamp;
}

CONFORMANCE_OVER(udp_kinds, "timestamp/clock", Rows({"constant-group/SO_*", "method/recvmsg"}),
                 Needs{Feature::timestamps}) {
  Connection c = t.connected(kind);
  for (const Option option : {so_timestamp, so_timestampns}) {
    REQUIRE_OK(c.server.setsockopt(sol_socket, option, 1));
    REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, option)), 1);
    const Timestamp first = arrival(t, c);
    t.pause(0.05);
    const double passed = seconds_of(arrival(t, c)) - seconds_of(first);
    REQUIRE_LE(0.04, passed);
    REQUIRE_LT(passed, Context::patience);
    if (option == so_timestamp) REQUIRE_EQ(first.nanoseconds % 1000, 0);
  }
  // The one that was asked for last counts.
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, so_timestamp)), 0);
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_timestampns, 0));
  REQUIRE_OK(c.client.send("m"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE(REQUIRE_OK(c.server.recvmsg(10, 100)).ancdata.empty());
}

CONFORMANCE_OVER(udp_kinds, "timestamp/cut", Rows({"method/recvmsg", "behaviour/B30"}), Needs{Feature::timestamps}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_timestamp, 1));
  REQUIRE_OK(c.client.send("m"));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, 24));
  REQUIRE(message.msg_flags.has(msg_ctrunc));
  REQUIRE(!find_control<Timestamp>(message.ancdata).has_value());
  REQUIRE_EQ(message.data, "m");
}

}  // namespace
}  // namespace everysock::conformance
