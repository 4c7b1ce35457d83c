// AF_UNIX datagrams: nothing is lost, the receiver holds the sender back.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("datagram/connected_unix_refuses_strangers", Rows({"method/sendto", "family/AF_UNIX"}),
            Needs{Feature::unix_dgram, Feature::unix_path}) {
  Connection c = t.connected(unix_dgram);
  Socket stranger = t.bound(unix_dgram);
  REQUIRE_ERROR(stranger.sendto("x", REQUIRE_OK(c.server.getsockname())), Errc::eperm);
}

CONFORMANCE("datagram/send_without_a_peer@unixdgram", Rows({"method/send"}), Needs{Feature::unix_dgram}) {
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.send("x"), Errc::enotconn);
}

CONFORMANCE("datagram/unix_unnamed_sender", Rows({"method/recvfrom", "family/AF_UNIX"}),
            Needs{Feature::unix_dgram, Feature::unix_path}) {
  Socket receiver = t.bound(unix_dgram);
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.sendto("x", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recvfrom(10)).address, Address{});
}

CONFORMANCE("datagram/unix_missing_receiver", Rows({"method/sendto"}), Needs{Feature::unix_dgram, Feature::unix_path}) {
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.sendto("x", UnixAddress{t.fresh_path()}), Errc::enoent);
  REQUIRE_ERROR(s.sendto("x", t.nobody(unix_dgram)), Errc::econnrefused);
}

CONFORMANCE("datagram/unix_peer_closed", Rows({"method/send"}), Needs{Feature::unix_dgram, Feature::unix_path}) {
  Socket receiver = t.bound(unix_dgram);
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.connect(REQUIRE_OK(receiver.getsockname())));
  REQUIRE_OK(receiver.close());
  REQUIRE_ERROR(s.send("x"), Errc::econnrefused);
}

CONFORMANCE_OVER((std::array{&unix_dgram, &unix_dgram_pair, &seqpacket_pair}), "datagram/held_back",
                 Rows({"method/send", "family/AF_UNIX"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::size_t sent = t.fill(c.client, 1000);
  REQUIRE_NE(sent, 0u);
  REQUIRE(!t.ready(c.client, Interest::write, Context::moment));
  for (std::size_t i = 0; i < sent; i += 1000) REQUIRE_EQ(REQUIRE_OK(c.server.recv(4096)).size(), 1000u);
  REQUIRE(t.ready(c.client, Interest::write));
  REQUIRE_OK(c.client.send("room again"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "room again");
}

CONFORMANCE("datagram/unix_stream_is_no_receiver", Rows({"method/connect", "family/AF_UNIX"}),
            Needs{Feature::unix_dgram, Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.connect(REQUIRE_OK(listener.getsockname())), Errc::eprototype);
}

}  // namespace
}  // namespace everysock::conformance
