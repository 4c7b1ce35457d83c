// The forms of receiving from and sending into a byte stream, and the flags that they take.
#include <algorithm>
#include <array>
#include <concepts>
#include <span>
#include <vector>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

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

CONFORMANCE_OVER(stream_kinds, "stream/contiguous_memory",
                 Rows({"method/sendall", "method/recv_into", "behaviour/B50"}), Needs{Feature::msg_waitall}) {
  Connection c = t.connected(kind);
  const std::vector<char> vector = {'a', 'b'};
  const std::array<std::byte, 2> array = {std::byte{'c'}, std::byte{'d'}};
  const unsigned char plain[] = {'e', 'f'};
  std::string text = "gh";
  const struct { char first, second; } structure = {'i', 'j'};
  REQUIRE_OK(c.client.sendall(vector));
  REQUIRE_OK(c.client.sendall(array));
  REQUIRE_OK(c.client.sendall(plain));
  REQUIRE_OK(c.client.sendall(text));
  REQUIRE_OK(c.client.sendall(std::span(text).subspan(1)));
  REQUIRE_OK(c.client.sendall(std::string_view("literally").substr(0, 1)));
  REQUIRE_OK(c.client.sendall(ConstBuffer(&structure, sizeof(structure))));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  std::vector<unsigned char> bytes(4);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(bytes, 0, msg_waitall)), 4u);
  REQUIRE(std::ranges::equal(bytes, std::string_view("abcd")));
  char few[2] = {};
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(few, 0, msg_waitall)), 2u);
  REQUIRE_EQ(std::string_view(few, 2), "ef");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(MutableBuffer(text.data(), text.size()), 0, msg_waitall)), 2u);
  REQUIRE_EQ(text, "gh");
  REQUIRE_EQ(t.receive_to_end(c.server), "hlij");
  static_assert(!std::constructible_from<MutableBuffer, const std::string&>);     // nothing is received into constants
  static_assert(!std::constructible_from<ConstBuffer, const std::vector<int>&>);  // nor are numbers taken for bytes
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

}  // namespace
}  // namespace everysock::conformance
