// Messages of connected sockets, datagrams and sequenced packets: boundaries, truncation, flags, the end.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(message_kinds, "datagram/boundaries", Rows({"method/send", "method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("one")), 3u);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("three")), 5u);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("!")), 1u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "one");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "three");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "!");
}

CONFORMANCE_OVER(message_kinds, "datagram/both_ways", Rows({"method/send", "method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  for (int i = 0; i < 20; ++i) {
    const std::string question = t.pattern(1 + 37 * static_cast<std::size_t>(i), 2 * static_cast<std::uint64_t>(i));
    const std::string answer = t.pattern(1 + 59 * static_cast<std::size_t>(i), 2 * static_cast<std::uint64_t>(i) + 1);
    REQUIRE_EQ(REQUIRE_OK(c.client.send(question)), question.size());
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(4096)), question);
    REQUIRE_EQ(REQUIRE_OK(c.server.send(answer)), answer.size());
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(4096)), answer);
  }
}

CONFORMANCE_OVER(message_kinds, "datagram/empty", Rows({"method/send", "behaviour/B61"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("")), 0u);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("after")), 5u);
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "");  // a message without content, not the end
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "after");
}

CONFORMANCE_OVER(message_kinds, "datagram/sendall_of_nothing", Rows({"method/sendall"}), Needs{}) {
  // sendall() repeats send() until nothing is left: with nothing to send there is nothing to repeat.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall("one message"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "one message");
}

CONFORMANCE_OVER(message_kinds, "datagram/truncated", Rows({"method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.send("abcdef"));
  REQUIRE_OK(c.client.send("next"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(3)), "abc");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "next");  // "def" is lost
}

CONFORMANCE_OVER(message_kinds, "datagram/truncated_into", Rows({"method/recv_into", "method/recvfrom_into"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  std::string buffer = "------";
  REQUIRE_OK(c.client.send("abcdef"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(buffer, 4)), 4u);
  REQUIRE_EQ(buffer, "abcd--");
  REQUIRE_OK(c.client.send("ghijkl"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recvfrom_into(buffer, 2)).nbytes, 2u);
  REQUIRE_EQ(buffer, "ghcd--");
}

CONFORMANCE_OVER(message_kinds, "datagram/truncation_flag", Rows({"method/recvmsg", "behaviour/B36"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.send("abcdef"));
  REQUIRE_OK(c.client.send("abcdef"));
  const ReceivedMessage whole = REQUIRE_OK(c.server.recvmsg(6));
  REQUIRE_EQ(whole.data, "abcdef");
  REQUIRE(!whole.msg_flags.has(msg_trunc));
  REQUIRE(!whole.msg_flags.has(msg_ctrunc));
  REQUIRE(!whole.msg_flags.has(msg_oob));
  const ReceivedMessage cut = REQUIRE_OK(c.server.recvmsg(5));
  REQUIRE_EQ(cut.data, "abcde");
  REQUIRE(cut.msg_flags.has(msg_trunc));
  REQUIRE(!cut.msg_flags.has(msg_ctrunc));
}

CONFORMANCE_OVER(message_kinds, "datagram/real_length", Rows({"constant-group/MSG_*", "method/recv_into"}),
                 Needs{Feature::msg_trunc}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.send("abcdef"));
  std::array<char, 3> buffer;
  REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(buffer, 0, msg_trunc)), 6u);
  REQUIRE_EQ(std::string_view(buffer.data(), 3), "abc");
}

CONFORMANCE_OVER(message_kinds, "datagram/peek", Rows({"method/recv", "behaviour/B62"}), Needs{Feature::msg_peek}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.send("peekaboo"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(4, msg_peek)), "peek");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100, msg_peek)), "peekaboo");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "peekaboo");
  REQUIRE_OK(c.server.setblocking(false));
  REQUIRE_ERROR(c.server.recv(100), Errc::eagain);
}

CONFORMANCE_OVER(message_kinds, "datagram/gather", Rows({"method/sendmsg"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendmsg({"one ", "", "message"})), 11u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "one message");
}

CONFORMANCE_OVER(message_kinds, "datagram/scatter", Rows({"method/recvmsg_into"}), Needs{}) {
  Connection c = t.connected(kind);
  std::string first = "----";
  std::string second = "----";
  REQUIRE_OK(c.client.send("abcdef"));
  const ReceivedMessageInto whole = REQUIRE_OK(c.server.recvmsg_into({first, second}));
  REQUIRE_EQ(whole.nbytes, 6u);
  REQUIRE(!whole.msg_flags.has(msg_trunc));
  REQUIRE_EQ(first, "abcd");
  REQUIRE_EQ(second, "ef--");
  REQUIRE_OK(c.client.send("ABCDEFGHIJ"));
  const ReceivedMessageInto cut = REQUIRE_OK(c.server.recvmsg_into({first, second}));
  REQUIRE_EQ(cut.nbytes, 8u);
  REQUIRE(cut.msg_flags.has(msg_trunc));
  REQUIRE_EQ(first + second, "ABCDEFGH");
}

CONFORMANCE_OVER(message_kinds, "datagram/would_block", Rows({"method/recv", "exception/BlockingIOError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setblocking(false));
  REQUIRE(REQUIRE_ERROR(c.server.recv(10), Errc::eagain).would_block());
  REQUIRE_OK(c.client.send("now"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "now");
}

CONFORMANCE_OVER(message_kinds, "datagram/too_long", Rows({"method/send", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.client.send(std::string(16 << 20, 'x')), Errc::emsgsize);
  REQUIRE_OK(c.client.send("short"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "short");
}

CONFORMANCE_OVER(message_kinds, "datagram/long", Rows({"method/send", "method/recv"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::string data = t.pattern(60000);
  REQUIRE_EQ(REQUIRE_OK(c.client.send(data)), data.size());
  REQUIRE(REQUIRE_OK(c.server.recv(65536)) == data);
}

CONFORMANCE_OVER(message_kinds, "datagram/names", Rows({"method/getsockname", "method/getpeername"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.getpeername()), REQUIRE_OK(c.server.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(c.server.getpeername()), REQUIRE_OK(c.client.getsockname()));
}

CONFORMANCE_OVER(message_kinds, "datagram/shutdown_write", Rows({"method/shutdown"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_ERROR(c.client.send("x"), Errc::epipe);
}

CONFORMANCE_OVER(message_kinds, "datagram/shutdown_read", Rows({"method/shutdown"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_rd));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "");
}

CONFORMANCE("datagram/seqpacket_end", Rows({"method/recv", "constant/SOCK_SEQPACKET"}),
            Needs{Feature::unix_seqpacket, Feature::socketpair_unix}) {
  Connection c = t.connected(seqpacket_pair);
  REQUIRE_OK(c.client.send("last"));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "last");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
  REQUIRE_ERROR(c.server.send("x"), Errc::epipe);
}

}  // namespace
}  // namespace everysock::conformance
