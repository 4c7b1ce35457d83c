// Byte streams: what goes in at one end comes out at the other, whole and in order, until the end of the stream.
#include <array>
#include <atomic>
#include <thread>

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

CONFORMANCE_OVER(stream_kinds, "stream/transfer_64_KiB", Rows({"method/sendall", "method/recv_into"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  transfer(t, c.client, c.server, t.pattern(64 * kKiB, 1));
  transfer(t, c.server, c.client, t.pattern(64 * kKiB, 2));
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

CONFORMANCE_OVER(stream_kinds, "stream/continued_send", Rows({"method/send"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  const std::string data = t.pattern(8 * kMiB);
  REQUIRE_OK(c.client.setblocking(false));
  Worker reader = t.spawn([&] { REQUIRE(t.receive(c.server, data.size()) == data); });
  std::string_view rest = data;
  while (!rest.empty()) {
    REQUIRE(t.ready(c.client, Interest::write));
    const Result<std::size_t> sent = c.client.send(rest);
    if (!sent) {
      REQUIRE_ERROR(sent, Errc::eagain);
      continue;
    }
    rest.remove_prefix(*sent);
  }
  reader.join();
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

CONFORMANCE_OVER(stream_kinds, "stream/peek", Rows({"method/recv", "constant-group/MSG_*", "behaviour/B62"}),
                 Needs{Feature::msg_peek}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("peekaboo"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(4, msg_peek)), "peek");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100, msg_peek)), "peekaboo");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(4)), "peek");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100, msg_peek)), "aboo");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "aboo");
}

CONFORMANCE_OVER(stream_kinds, "stream/peek_at_the_end", Rows({"method/recv", "behaviour/B62"}),
                 Needs{Feature::msg_peek}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(4, msg_peek)), "");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(4)), "");
}

CONFORMANCE_OVER(stream_kinds, "stream/would_block_recv",
                 Rows({"method/recv", "exception/BlockingIOError", "behaviour/B01"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setblocking(false));
  const Error error = REQUIRE_ERROR(c.server.recv(10), Errc::eagain);
  REQUIRE(error.would_block());
  REQUIRE(!error.is_timeout());
  REQUIRE_OK(c.client.sendall("now"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "now");
  REQUIRE_ERROR(c.server.recv(10), Errc::eagain);
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

CONFORMANCE_OVER(stream_kinds, "stream/recv_of_size_0", Rows({"method/recv", "behaviour/B61"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(0)), "");  // does not wait
  REQUIRE_OK(c.client.sendall("abc"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(0)), "");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(3)), "abc");
}

CONFORMANCE_OVER(stream_kinds, "stream/recv_in_pieces", Rows({"method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("one "));
  REQUIRE_OK(c.client.sendall("two"));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(2)), "on");
  // A stream keeps no boundaries.
  REQUIRE_EQ(t.receive_to_end(c.server), "e two");
}

CONFORMANCE_OVER(stream_kinds, "stream/recv_into_part_of_a_buffer", Rows({"method/recv_into"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("abcdef"));
  std::string buffer = "------";
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(buffer, 2)), 2u);
  REQUIRE_EQ(buffer, "ab----");
  std::vector<std::byte> whole(4);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(whole)), 4u);
  REQUIRE_EQ(static_cast<char>(whole[3]), 'f');
}

CONFORMANCE_OVER(stream_kinds, "stream/recvfrom_knows_no_sender", Rows({"method/recvfrom", "method/recvfrom_into"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("abcd"));
  const Received received = REQUIRE_OK(c.server.recvfrom(2));
  REQUIRE_EQ(received.data, "ab");
  REQUIRE_EQ(received.address, Address{});
  std::string buffer = "----";
  const ReceivedInto into = REQUIRE_OK(c.server.recvfrom_into(buffer, 1));
  REQUIRE_EQ(into.nbytes, 1u);
  REQUIRE_EQ(into.address, Address{});
  REQUIRE_EQ(buffer, "c---");
}

CONFORMANCE_OVER(stream_kinds, "stream/recvmsg", Rows({"method/recvmsg"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("message"));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(100));
  REQUIRE_EQ(message.data, "message");
  REQUIRE(message.ancdata.empty());
  REQUIRE(!message.msg_flags);
}

CONFORMANCE_OVER(stream_kinds, "stream/gather", Rows({"method/sendmsg"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::string part = "three";
  REQUIRE_EQ(REQUIRE_OK(c.client.sendmsg({"one ", "", "two ", part})), 13u);
  REQUIRE_EQ(t.receive(c.server, 13), "one two three");
}

CONFORMANCE_OVER(stream_kinds, "stream/scatter", Rows({"method/recvmsg_into", "example/E15"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("Mary had a little lamb")), 22u);
  std::string b1 = "----";
  std::string b2 = "0123456789";
  std::string b3 = "--------------";
  const ReceivedMessageInto into = REQUIRE_OK(c.server.recvmsg_into({b1, MutableBuffer(b2.data() + 2, 7), b3}));
  REQUIRE_EQ(into.nbytes, 22u);
  REQUIRE(into.ancdata.empty());
  REQUIRE(!into.msg_flags);
  REQUIRE_EQ(into.address, Address{});
  REQUIRE_EQ(b1, "Mary");
  REQUIRE_EQ(b2, "01 had a 9");
  REQUIRE_EQ(b3, "little lamb---");
}

CONFORMANCE_OVER(stream_kinds, "stream/hundred_buffers",
                 Rows({"method/sendmsg", "method/recvmsg_into", "behaviour/B34"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::string data = t.pattern(100 * 37);
  std::vector<ConstBuffer> pieces;
  for (std::size_t i = 0; i < 100; ++i) pieces.emplace_back(data.data() + 37 * i, 37);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendmsg(pieces)), data.size());
  REQUIRE_OK(c.client.close());
  std::string received(data.size(), '\0');
  std::size_t have = 0;
  while (have < data.size()) {
    std::vector<MutableBuffer> targets;
    for (std::size_t at = have; at < data.size(); at += 41) {
      targets.emplace_back(received.data() + at, std::min<std::size_t>(41, data.size() - at));
    }
    const std::size_t got = REQUIRE_OK(c.server.recvmsg_into(targets)).nbytes;
    REQUIRE_NE(got, 0u);
    have += got;
  }
  REQUIRE(received == data);
}

CONFORMANCE_OVER(stream_kinds, "stream/dontwait", Rows({"method/recv", "behaviour/B62"}),
                 Needs{Feature::msg_dontwait}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.server.recv(10, msg_dontwait), Errc::eagain);
  REQUIRE(c.server.getblocking());
  REQUIRE_OK(c.client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "x");
}

CONFORMANCE_OVER(stream_kinds, "stream/waitall", Rows({"method/recv", "constant-group/MSG_*"}),
                 Needs{Feature::msg_waitall, Feature::threads}) {
  Connection c = t.connected(kind);
  Worker sender = t.spawn([&] {
    REQUIRE_OK(c.client.sendall("in "));
    t.pause(Context::moment);
    REQUIRE_OK(c.client.sendall("two parts, and more"));
  });
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(12, msg_waitall)), "in two parts");
  sender.join();
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100, msg_waitall)), ", and more");  // the end ends the wait
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

CONFORMANCE_OVER(tcp_kinds, "stream/urgent_data", Rows({"constant-group/MSG_*", "method/send"}),
                 Needs{Feature::msg_oob}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("ab"));
  REQUIRE_EQ(REQUIRE_OK(c.client.send("!", msg_oob)), 1u);
  REQUIRE_OK(c.client.sendall("cd"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "ab");  // reading stops at the mark
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1, msg_oob)), "!");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "cd");
}

CONFORMANCE_OVER(tcp_kinds, "stream/no_urgent_data", Rows({"constant-group/MSG_*", "method/recv"}),
                 Needs{Feature::msg_oob}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("ab"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_ERROR(c.server.recv(1, msg_oob), Errc::einval);
}

CONFORMANCE_OVER(tcp_kinds, "stream/more", Rows({"constant-group/MSG_*", "method/send"}), Needs{Feature::msg_more}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("head ", msg_more)), 5u);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("and body")), 8u);
  REQUIRE_EQ(t.receive(c.server, 13), "head and body");
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
