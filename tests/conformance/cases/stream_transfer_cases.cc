// Byte streams carry data whole and in order, whatever its size and whoever sends and receives at the same time.
#include <atomic>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

// Sends `data` from a thread and receives it, in pieces of a size that fits nothing.
void transfer(Context& t, Socket& from, Socket& to, std::string_view data) {
  Worker sender = t.spawn([&] { REQUIRE_OK(from.sendall(data)); });
  std::string piece(50021, '\0');
  std::size_t have = 0;
  while (have < data.size()) {
    const std::size_t got = REQUIRE_OK(to.recv_into(piece));
    REQUIRE_NE(got, 0u);
    REQUIRE_LE(have + got, data.size());
    if (data.substr(have, got) != std::string_view(piece).substr(0, got)) {
      fail_case(EVERYSOCK_HERE, "what came differs from what was sent within the bytes from " + std::to_string(have));
    }
    have += got;
  }
  sender.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/transfer_nothing", Rows({"method/send", "method/sendall"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("")), 0u);
  REQUIRE_OK(c.client.sendall(""));
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
  REQUIRE_OK(c.client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "x");
}

CONFORMANCE_OVER(stream_kinds, "stream/transfer_1_byte", Rows({"method/send", "method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("a")), 1u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1024)), "a");
  REQUIRE_EQ(REQUIRE_OK(c.server.send(std::string(1, '\0'))), 1u);
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(1024)), std::string(1, '\0'));
}

CONFORMANCE_OVER(stream_kinds, "stream/transfer_64_KiB", Rows({"method/send", "method/recv_into"}), Needs{}) {
  Connection c = t.connected(kind);
  t.carry(c.client, c.server, t.pattern(64 * kKiB, 1));
  t.carry(c.server, c.client, t.pattern(64 * kKiB, 2));
}

CONFORMANCE_OVER(stream_kinds, "stream/transfer_16_MiB", Rows({"method/sendall", "method/recv_into"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  transfer(t, c.client, c.server, t.pattern(16 * kMiB));
}

CONFORMANCE_OVER(stream_kinds, "stream/transfer_16_MiB_both_ways",
                 Rows({"method/sendall", "method/recv_into", "behaviour/B01"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  const std::string there = t.pattern(16 * kMiB, 1);
  const std::string back = t.pattern(16 * kMiB, 2);
  Worker other = t.spawn([&] { transfer(t, c.client, c.server, there); });
  transfer(t, c.server, c.client, back);
  other.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/partial_send", Rows({"method/send", "behaviour/B01"}), Needs{}) {
  Connection c = t.connected(kind);
  // More than any buffer on the way holds.
  const std::string data = t.pattern(64 * kMiB);
  REQUIRE_OK(c.client.setblocking(false));
  const std::size_t sent = REQUIRE_OK(c.client.send(data));
  REQUIRE_LT(sent, data.size());
  REQUIRE_NE(sent, 0u);
  REQUIRE_OK(c.client.close());
  const std::string received = t.receive_to_end(c.server);
  REQUIRE_EQ(received.size(), sent);
  REQUIRE(received == std::string_view(data).substr(0, sent));
}

CONFORMANCE_OVER(stream_kinds, "stream/continued_send", Rows({"method/send"}), Needs{}) {
  // However little goes at a time, it goes on where it stopped.
  Connection c = t.connected(kind);
  t.carry(c.client, c.server, t.pattern(8 * kMiB));
}

CONFORMANCE_OVER(stream_kinds, "stream/would_block_send", Rows({"method/send", "exception/BlockingIOError"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::size_t sent = t.fill(c.client);  // up to EAGAIN
  REQUIRE_NE(sent, 0u);
  REQUIRE_EQ(t.receive(c.server, sent).size(), sent);
  REQUIRE(t.ready(c.client, Interest::write));
  REQUIRE_EQ(REQUIRE_OK(c.client.send("room again")), 10u);
  REQUIRE_EQ(t.receive(c.server, 10), "room again");
}

CONFORMANCE_OVER(stream_kinds, "stream/two_threads_on_one_socket", Rows({"method/send", "method/recv"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  const std::string there = t.pattern(kMiB, 1);
  const std::string back = t.pattern(kMiB, 2);
  Worker sender = t.spawn([&] { REQUIRE_OK(c.client.sendall(there)); });
  Worker peer = t.spawn([&] {
    REQUIRE(t.receive(c.server, there.size()) == there);
    REQUIRE_OK(c.server.sendall(back));
  });
  REQUIRE(t.receive(c.client, back.size()) == back);  // while `sender` uses the same socket
  sender.join();
  peer.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/two_senders_on_one_socket", Rows({"method/sendall"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  constexpr int messages = 300;
  const auto send_all = [&](char letter) {
    return [&c, letter] {
      const std::string message(1000, letter);
      for (int i = 0; i < messages; ++i) REQUIRE_OK(c.client.sendall(message));
    };
  };
  Worker first = t.spawn(send_all('1'));
  Worker second = t.spawn(send_all('2'));
  const std::string all = t.receive(c.server, 2000 * messages);
  REQUIRE_EQ(std::ranges::count(all, '1'), 1000 * messages);
  REQUIRE_EQ(std::ranges::count(all, '2'), 1000 * messages);
  first.join();
  second.join();
}

CONFORMANCE_OVER(stream_kinds, "stream/two_receivers_on_one_socket", Rows({"method/recv"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  std::atomic<std::size_t> received{0};
  const auto receive_all = [&] { received += t.receive_to_end(c.server).size(); };
  Worker first = t.spawn(receive_all);
  Worker second = t.spawn(receive_all);
  REQUIRE_OK(c.client.sendall(t.pattern(300 * kKiB)));
  REQUIRE_OK(c.client.close());
  first.join();
  second.join();
  REQUIRE_EQ(received.load(), 300 * kKiB);
}

}  // namespace
}  // namespace everysock::conformance
