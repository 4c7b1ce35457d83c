// What a stream socket refuses: data without a connection, and addresses with one.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("stream/unconnected_tcp", Rows({"method/send", "method/getpeername", "method/shutdown"}),
            Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_ERROR(s.send("x"), Errc::epipe);
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
  REQUIRE_ERROR(s.shutdown(shut_rdwr), Errc::enotconn);
}

CONFORMANCE("stream/unconnected_unix", Rows({"method/send", "method/recv", "method/getpeername"}),
            Needs{Feature::unix_stream}) {
  Socket s = t.open(unix_path);
  REQUIRE_ERROR(s.send("x"), Errc::enotconn);
  REQUIRE_ERROR(s.recv(1), Errc::einval);
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
}

CONFORMANCE("stream/unconnected_seqpacket", Rows({"method/send", "method/recv"}), Needs{Feature::unix_seqpacket}) {
  Socket s = t.open(seqpacket);
  REQUIRE_ERROR(s.send("x"), Errc::enotconn);
  REQUIRE_ERROR(s.recv(1), Errc::enotconn);
}

CONFORMANCE("stream/sendto_on_connected_unix", Rows({"method/sendto"}),
            Needs{Feature::unix_stream, Feature::socketpair_unix}) {
  Connection c = t.connected(unix_pair);
  REQUIRE_ERROR(c.client.sendto("x", UnixAddress{t.fresh_path()}), Errc::eisconn);
}

CONFORMANCE_OVER(tcp_kinds, "stream/sendto_on_connected_tcp", Rows({"method/sendto"}), Needs{}) {
  // A connected TCP socket ignores the address (Linux) or refuses it (EISCONN).
  Connection c = t.connected(kind);
  const Result<std::size_t> sent = c.client.sendto("x", t.loopback(kind, 9));
  if (sent) {
    REQUIRE_EQ(t.receive(c.server, 1), "x");
  } else {
    REQUIRE_ERROR(sent, Errc::eisconn);
  }
}

CONFORMANCE_OVER(tcp_kinds, "stream/listener_is_no_connection", Rows({"method/recv", "method/send", "behaviour/B54"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_ERROR(listener.recv(1), Errc::enotconn);
  REQUIRE_ERROR(listener.send("x"), Errc::epipe);
}

}  // namespace
}  // namespace everysock::conformance
