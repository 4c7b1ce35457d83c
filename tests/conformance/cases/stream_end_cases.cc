// The end of a byte stream: shutdown, close, half-close, and what still arrives.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

// Tries to send until the socket says why it cannot.
Error error_of_sending(Context& t, Socket& s) {
  const double end = t.now() + Context::patience;
  while (t.now() < end) {
    const Result<std::size_t> sent = s.send("into the void");
    if (!sent) return sent.error();
    t.pause(0.002);
  }
  fail_case(EVERYSOCK_HERE, "sending still works");
}

CONFORMANCE_OVER(stream_kinds, "stream/end_of_stream", Rows({"method/recv", "method/close", "behaviour/B21"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("last words"));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(t.receive(c.server, 10), "last words");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");  // and so it stays
  std::array<char, 4> buffer;
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(buffer)), 0u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recvmsg(10)).data, "");
}

CONFORMANCE_OVER(stream_kinds, "stream/end_of_stream_is_readable", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
  REQUIRE_OK(c.client.close());
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(stream_kinds, "stream/half_close_write", Rows({"method/shutdown", "constant/SHUT_WR"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("question"));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_ERROR(c.client.send("more"), Errc::epipe);
  REQUIRE_EQ(t.receive_to_end(c.server), "question");
  REQUIRE_OK(c.server.sendall("answer"));  // the other direction is still open
  REQUIRE_OK(c.server.close());
  REQUIRE_EQ(t.receive_to_end(c.client), "answer");
}

CONFORMANCE_OVER(stream_kinds, "stream/half_close_read", Rows({"method/shutdown", "constant/SHUT_RD"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_rd));
  REQUIRE(t.ready(c.client, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "");
  REQUIRE_OK(c.client.sendall("still sending"));
  REQUIRE_EQ(t.receive(c.server, 13), "still sending");
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_both", Rows({"method/shutdown", "constant/SHUT_RDWR", "behaviour/B20"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_rdwr));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "");
  REQUIRE_ERROR(c.client.send("x"), Errc::epipe);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
  REQUIRE_NE(c.client.fileno(), -1);  // shut down is not closed
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_twice", Rows({"method/shutdown"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_keeps_received_data", Rows({"method/shutdown"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("already here"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_OK(c.server.shutdown(shut_wr));
  REQUIRE_EQ(t.receive(c.server, 12), "already here");
}

CONFORMANCE_OVER(stream_kinds, "stream/send_after_peer_closed", Rows({"method/send", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.close());
  const Error first = error_of_sending(t, c.client);
  REQUIRE(first == Errc::epipe || first == Errc::econnreset);
  REQUIRE_ERROR(c.client.send("again"), Errc::epipe);
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_wakes_receiver", Rows({"method/shutdown", "behaviour/B20"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  Worker receiver = t.spawn([&] { REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), ""); });
  t.pause(Context::moment);
  REQUIRE_OK(c.server.shutdown(shut_rdwr));
  receiver.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_wakes_sender", Rows({"method/shutdown", "behaviour/B20"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  t.fill(c.client);
  REQUIRE_OK(c.client.setblocking(true));
  Worker sender = t.spawn([&] { REQUIRE_ERROR(c.client.sendall(std::string(64 * kMiB, 'x')), Errc::epipe); });
  t.pause(Context::moment);
  REQUIRE_OK(c.client.shutdown(shut_wr));
  sender.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/close_flushes", Rows({"method/close", "behaviour/B21"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::string data = t.pattern(64 * kKiB);
  REQUIRE_OK(c.client.setblocking(false));
  const std::size_t sent = REQUIRE_OK(c.client.send(data));
  REQUIRE_OK(c.client.close());
  const std::string received = t.receive_to_end(c.server);
  REQUIRE_EQ(received.size(), sent);
  REQUIRE(received == std::string_view(data).substr(0, sent));
}

CONFORMANCE_OVER(stream_kinds, "stream/nosignal", Rows({"constant-group/MSG_*", "method/send"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("quiet", msg_nosignal)), 5u);
  REQUIRE_EQ(t.receive(c.server, 5), "quiet");
}

CONFORMANCE_OVER(stream_kinds, "stream/shutdown_of_unknown_how", Rows({"method/shutdown"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.client.shutdown(ShutdownHow(7)), Errc::einval);
}

CONFORMANCE_OVER(stream_kinds, "stream/destructor_closes",
                 Rows({"method/close", "behaviour/B19", "method/__enter__ / __exit__"}), Needs{}) {
  Connection c = t.connected(kind);
  { const Socket gone = std::move(c.client); }
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(stream_kinds, "stream/moved_socket_goes_on", Rows({"function/socket"}), Needs{}) {
  Connection c = t.connected(kind);
  Socket moved = std::move(c.client);
  REQUIRE_EQ(c.client.fileno(), -1);
  REQUIRE_OK(moved.sendall("moved"));
  REQUIRE_EQ(t.receive(c.server, 5), "moved");
}

}  // namespace
}  // namespace everysock::conformance
