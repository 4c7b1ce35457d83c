// What a time-out bounds: each operation, sendall as a whole, one direction of two.
#include <array>
#include <atomic>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr double kShort = 0.03;
// How much later than its time-out a call may end on a busy machine.
constexpr double kSlack = 5.0;

// Holds that `call` ends with a time-out, after `seconds` and not much later.
template <typename Call>
void require_times_out(Context& t, double seconds, Operation operation, Call call) {
  const double start = t.now();
  const Error error = REQUIRE_TIMEOUT(call());
  const double took = t.now() - start;
  REQUIRE_GE(took, seconds * 0.99);
  REQUIRE_LT(took, seconds + kSlack);
  REQUIRE_EQ(error.operation(), operation);
  REQUIRE_EQ(error.errc(), Errc::ok);  // no errno, unlike the system's own ETIMEDOUT
  REQUIRE(!error.would_block());
}

// Sends in time-out mode until nothing more fits, which the last call must tell by timing out. (Buffers on the way may
// make room late, so that a socket found full once may still take something.)
template <typename Send>
void require_sending_times_out(Context& t, double seconds, Operation operation, Send send) {
  constexpr int enough = 100000;
  for (int i = 0; i < enough; ++i) {
    const double start = t.now();
    const auto sent = send();
    const double took = t.now() - start;
    if (sent) continue;
    require_times_out(t, 0, operation, [&] { return sent; });
    REQUIRE_GE(took, seconds * 0.99);
    REQUIRE_LT(took, seconds + kSlack);
    return;
  }
  fail_case(EVERYSOCK_HERE, "the socket takes data without end");
}

CONFORMANCE_OVER(connected_kinds, "timeout/recv",
                 Rows({"method/recv", "method/settimeout", "exception/timeout", "behaviour/B01"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(kShort));
  require_times_out(t, kShort, Operation::recv, [&] { return c.server.recv(10); });
  REQUIRE_OK(c.client.send("late"));  // the socket is as good as before
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "late");
}

CONFORMANCE_OVER(tcp_kinds, "timeout/recv_into", Rows({"method/recv_into", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(kShort));
  std::array<char, 8> buffer;
  require_times_out(t, kShort, Operation::recv_into, [&] { return c.server.recv_into(buffer); });
}

CONFORMANCE_OVER(datagram_kinds, "timeout/recvfrom", Rows({"method/recvfrom", "exception/timeout"}), Needs{}) {
  Socket s = t.bound(kind);
  REQUIRE_OK(s.settimeout(kShort));
  require_times_out(t, kShort, Operation::recvfrom, [&] { return s.recvfrom(10); });
}

CONFORMANCE_OVER(datagram_kinds, "timeout/recvfrom_into", Rows({"method/recvfrom_into", "exception/timeout"}),
                 Needs{}) {
  Socket s = t.bound(kind);
  REQUIRE_OK(s.settimeout(kShort));
  std::array<char, 8> buffer;
  require_times_out(t, kShort, Operation::recvfrom_into, [&] { return s.recvfrom_into(buffer); });
}

CONFORMANCE_OVER(connected_kinds, "timeout/recvmsg",
                 Rows({"method/recvmsg", "method/recvmsg_into", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(kShort));
  require_times_out(t, kShort, Operation::recvmsg, [&] { return c.server.recvmsg(10); });
  std::array<char, 8> buffer;
  require_times_out(t, kShort, Operation::recvmsg_into, [&] { return c.server.recvmsg_into({buffer}); });
}

CONFORMANCE_OVER(listener_kinds, "timeout/accept", Rows({"method/accept", "exception/timeout"}), Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.settimeout(kShort));
  require_times_out(t, kShort, Operation::accept, [&] { return listener.accept(); });
  (void)t.connect_to(listener, kind);
}

CONFORMANCE_OVER(stream_kinds, "timeout/send", Rows({"method/send", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(kShort));
  const std::string data(16384, 'x');
  require_sending_times_out(t, kShort, Operation::send, [&] { return c.client.send(data); });
}

CONFORMANCE_OVER(stream_kinds, "timeout/sendmsg", Rows({"method/sendmsg", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(kShort));
  const std::string data(16384, 'x');
  require_sending_times_out(t, kShort, Operation::sendmsg, [&] { return c.client.sendmsg({"x", data}); });
}

CONFORMANCE_OVER((std::array{&unix_dgram_pair}), "timeout/send_to_a_full_receiver",
                 Rows({"method/send", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  t.fill(c.client, 1000);
  REQUIRE_OK(c.client.settimeout(kShort));
  require_times_out(t, kShort, Operation::send, [&] { return c.client.send("x"); });
}

CONFORMANCE_OVER(stream_kinds, "timeout/sendall", Rows({"method/sendall", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(kShort));
  const std::string data(64 << 20, 'x');  // more than all buffers hold
  require_times_out(t, kShort, Operation::sendall, [&] { return c.client.sendall(data); });
}

CONFORMANCE_OVER(stream_kinds, "timeout/sendall_as_a_whole", Rows({"method/sendall", "behaviour/B10"}),
                 Needs{Feature::threads}) {
  // The peer keeps making room, so that no single wait is long: the time-out bounds them all together.
  Connection c = t.connected(kind);
  t.fill(c.client);
  REQUIRE_OK(c.client.settimeout(0.2));
  std::atomic<bool> over{false};
  Worker reader = t.spawn([&] {
    const double end = t.now() + 6;
    while (!over && t.now() < end) {
      t.pause(0.02);
      // Nothing comes any more once the sender has given up.
      if (t.ready(c.server, Interest::read, 0)) REQUIRE_OK(c.server.recv(300000));
    }
  });
  const std::string data(64 << 20, 'x');
  const double start = t.now();
  REQUIRE_TIMEOUT(c.client.sendall(data));
  const double took = t.now() - start;
  over = true;
  REQUIRE_GE(took, 0.198);
  REQUIRE_LT(took, 5.0);
  reader.join();
}

CONFORMANCE_OVER(stream_kinds, "timeout/sendall_in_time", Rows({"method/sendall"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::patience));
  const std::string data = t.pattern(4 << 20);
  Worker reader = t.spawn([&] { REQUIRE(t.receive(c.server, data.size()) == data); });
  REQUIRE_OK(c.client.sendall(data));
  reader.join();
}

CONFORMANCE_OVER(connected_kinds, "timeout/data_in_time", Rows({"method/recv", "method/settimeout"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::patience));
  Worker sender = t.spawn([&] {
    t.pause(Context::moment);
    REQUIRE_OK(c.client.send("in time"));
  });
  const double start = t.now();
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "in time");
  REQUIRE_LT(t.now() - start, Context::patience / 2);
  sender.join();
}

CONFORMANCE_OVER(connected_kinds, "timeout/request_and_response", Rows({"method/settimeout", "behaviour/B05"}),
                 Needs{}) {
  // Whether a call waits first or tries first must not show: it alternates where each finds the other right.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::patience));
  REQUIRE_OK(c.server.settimeout(Context::patience));
  for (int i = 0; i < 50; ++i) {
    const std::string text = "message " + std::to_string(i);
    REQUIRE_OK(c.client.send(text));
    if (i % 3 == 0) REQUIRE(t.ready(c.server, Interest::read));
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), text);
    REQUIRE_OK(c.server.send(text));
    if (i % 2 == 0) REQUIRE(t.ready(c.client, Interest::read));
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(100)), text);
    // Nothing there: the next call knows that it waits first.
    if (i % 10 == 9) {
      REQUIRE_OK(c.client.settimeout(Context::moment));
      REQUIRE_TIMEOUT(c.client.recv(100));
      REQUIRE_OK(c.client.settimeout(Context::patience));
    }
  }
}

CONFORMANCE_OVER(stream_kinds, "timeout/end_of_stream_in_time", Rows({"method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::patience));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(stream_kinds, "timeout/error_in_time", Rows({"method/send", "behaviour/B01"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::patience));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_ERROR(c.client.send("x"), Errc::epipe);
}

CONFORMANCE_OVER(tcp_kinds, "timeout/tiny", Rows({"method/settimeout"}), Needs{}) {
  // A tiny time-out rounds up: it is not the 0 of non-blocking mode.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(1e-12));
  REQUIRE(c.server.getblocking());
  REQUIRE_NE(c.server.gettimeout().value(), 0.0);
  REQUIRE_TIMEOUT(c.server.recv(10));
}

CONFORMANCE_OVER(tcp_kinds, "timeout/size_0_does_not_wait", Rows({"method/recv", "behaviour/B61"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(kShort));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(0)), "");
}

CONFORMANCE_OVER(tcp_kinds, "timeout/one_direction_of_two", Rows({"behaviour/B01"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(kShort));
  const std::string data(16384, 'x');
  require_sending_times_out(t, kShort, Operation::send, [&] { return c.client.send(data); });
  REQUIRE_OK(c.server.send("still readable"));
  REQUIRE(t.ready(c.client, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(100)), "still readable");
}

}  // namespace
}  // namespace everysock::conformance
