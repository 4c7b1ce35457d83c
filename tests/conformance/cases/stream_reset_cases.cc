// A byte stream that ends by a reset: what causes it, and what it looks like at the other end.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(stream_kinds, "stream/reset_by_unread_data", Rows({"method/close", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("never read"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_OK(c.server.close());
  REQUIRE(t.ready(c.client, Interest::read));
  REQUIRE_ERROR(c.client.recv(10), Errc::econnreset);
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "");  // reported once
}

CONFORMANCE_OVER(tcp_kinds, "stream/reset_by_linger", Rows({"constant-group/SO_*", "method/close"}),
                 Needs{Feature::linger}) {
  Connection c = t.connected(kind);
  const std::array<std::int32_t, 2> at_once = {1, 0};
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)));
  REQUIRE_OK(c.server.close());
  REQUIRE(t.ready(c.client, Interest::read));
  REQUIRE_ERROR(c.client.recv(10), Errc::econnreset);
  REQUIRE_ERROR(c.client.send("x"), Errc::epipe);
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "");
}

CONFORMANCE_OVER(tcp_kinds, "stream/reset_wakes_receiver", Rows({"method/recv", "exception/OSError"}),
                 Needs{Feature::linger, Feature::threads}) {
  Connection c = t.connected(kind);
  Worker receiver = t.spawn([&] { REQUIRE_ERROR(c.client.recv(10), Errc::econnreset); });
  t.pause(Context::moment);
  const std::array<std::int32_t, 2> at_once = {1, 0};
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)));
  REQUIRE_OK(c.server.close());
  receiver.join();
}

CONFORMANCE_OVER(tcp_kinds, "stream/reset_shows_in_so_error", Rows({"constant-group/SO_*", "method/getsockopt"}),
                 Needs{Feature::linger, Feature::socket_options}) {
  Connection c = t.connected(kind);
  const std::array<std::int32_t, 2> at_once = {1, 0};
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)));
  REQUIRE_OK(c.server.close());
  REQUIRE(t.ready(c.client, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockopt(sol_socket, so_error)), static_cast<int>(Errc::econnreset));
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockopt(sol_socket, so_error)), 0);  // reading clears it
}

}  // namespace
}  // namespace everysock::conformance
