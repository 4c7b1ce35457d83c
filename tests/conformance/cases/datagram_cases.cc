// Messages: datagrams and sequenced packets keep their boundaries; datagrams go to and come from anybody.
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

// ---- unconnected ----

CONFORMANCE_OVER(datagram_kinds, "datagram/sendto_recvfrom", Rows({"method/sendto", "method/recvfrom"}), Needs{}) {
  Socket a = t.bound(kind);
  Socket b = t.bound(kind);
  const Address to_a = REQUIRE_OK(a.getsockname());
  const Address to_b = REQUIRE_OK(b.getsockname());
  REQUIRE_EQ(REQUIRE_OK(a.sendto("ping", to_b)), 4u);
  Received received = REQUIRE_OK(b.recvfrom(100));
  REQUIRE_EQ(received.data, "ping");
  REQUIRE_EQ(received.address, to_a);
  REQUIRE_EQ(REQUIRE_OK(b.sendto("pong", received.address)), 4u);
  received = REQUIRE_OK(a.recvfrom(100));
  REQUIRE_EQ(received.data, "pong");
  REQUIRE_EQ(received.address, to_b);
}

CONFORMANCE_OVER(datagram_kinds, "datagram/sendto_with_flags", Rows({"method/sendto"}), Needs{Feature::msg_dontwait}) {
  Socket a = t.open(kind);
  Socket b = t.bound(kind);
  REQUIRE_EQ(REQUIRE_OK(a.sendto("flags", msg_dontwait, REQUIRE_OK(b.getsockname()))), 5u);
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "flags");
}

CONFORMANCE_OVER(datagram_kinds, "datagram/sendmsg_to_an_address", Rows({"method/sendmsg"}), Needs{}) {
  Socket a = t.open(kind);
  Socket b = t.bound(kind);
  const Address to_b = REQUIRE_OK(b.getsockname());
  REQUIRE_EQ(REQUIRE_OK(a.sendmsg({"to ", "b"}, {}, {}, &to_b)), 4u);
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "to b");
}

CONFORMANCE_OVER(datagram_kinds, "datagram/recvfrom_into", Rows({"method/recvfrom_into"}), Needs{}) {
  Socket a = t.bound(kind);
  Socket b = t.bound(kind);
  REQUIRE_OK(a.sendto("abc", REQUIRE_OK(b.getsockname())));
  std::string buffer = "-----";
  const ReceivedInto into = REQUIRE_OK(b.recvfrom_into(buffer));
  REQUIRE_EQ(into.nbytes, 3u);
  REQUIRE_EQ(into.address, REQUIRE_OK(a.getsockname()));
  REQUIRE_EQ(buffer, "abc--");
}

CONFORMANCE_OVER(datagram_kinds, "datagram/recvmsg_address",
                 Rows({"method/recvmsg", "method/recvmsg_into", "behaviour/B35"}), Needs{}) {
  Socket a = t.bound(kind);
  Socket b = t.bound(kind);
  const Address to_b = REQUIRE_OK(b.getsockname());
  REQUIRE_OK(a.sendto("abc", to_b));
  const ReceivedMessage message = REQUIRE_OK(b.recvmsg(10));
  REQUIRE_EQ(message.data, "abc");
  REQUIRE_EQ(message.address, REQUIRE_OK(a.getsockname()));
  REQUIRE_OK(a.sendto("defg", to_b));
  std::string buffer = "--";
  REQUIRE_EQ(REQUIRE_OK(b.recvmsg_into({buffer})).address, REQUIRE_OK(a.getsockname()));
}

CONFORMANCE_OVER(datagram_kinds, "datagram/size_0", Rows({"method/recv", "method/recvfrom", "behaviour/B61"}),
                 Needs{}) {
  Socket a = t.bound(kind);
  Socket b = t.bound(kind);
  const Address to_b = REQUIRE_OK(b.getsockname());
  REQUIRE_OK(a.sendto("first", to_b));
  REQUIRE_OK(a.sendto("second", to_b));
  REQUIRE(t.ready(b, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(b.recv(0)), "");             // asks nobody
  const Received first = REQUIRE_OK(b.recvfrom(0));  // takes a datagram
  REQUIRE_EQ(first.data, "");
  REQUIRE_EQ(first.address, REQUIRE_OK(a.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "second");
}

CONFORMANCE_OVER(datagram_kinds, "datagram/from_several_senders", Rows({"method/recvfrom"}), Needs{}) {
  Socket receiver = t.bound(kind);
  const Address to = REQUIRE_OK(receiver.getsockname());
  std::array<Socket, 3> senders = {t.bound(kind), t.bound(kind), t.bound(kind)};
  for (int round = 0; round < 3; ++round) {
    for (Socket& sender : senders) {
      const std::string text = to_string(REQUIRE_OK(sender.getsockname()));
      REQUIRE_OK(sender.sendto(text, to));
      const Received received = REQUIRE_OK(receiver.recvfrom(200));
      REQUIRE_EQ(received.data, text);
      REQUIRE_EQ(to_string(received.address), text);
    }
  }
}

CONFORMANCE_OVER(datagram_kinds, "datagram/connect_sets_the_peer", Rows({"method/connect", "method/getpeername"}),
                 Needs{}) {
  Socket a = t.bound(kind);
  Socket b = t.bound(kind);
  Socket sender = t.bound(kind);
  REQUIRE_ERROR(sender.getpeername(), Errc::enotconn);
  REQUIRE_OK(sender.connect(REQUIRE_OK(a.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(sender.getpeername()), REQUIRE_OK(a.getsockname()));
  REQUIRE_OK(sender.send("to a"));
  REQUIRE_OK(sender.connect(REQUIRE_OK(b.getsockname())));  // datagram sockets may change their minds
  REQUIRE_OK(sender.send("to b"));
  REQUIRE_EQ(REQUIRE_OK(a.recv(100)), "to a");
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "to b");
}

CONFORMANCE_OVER(datagram_kinds, "datagram/peer_taken_away", Rows({"method/connect"}), Needs{}) {
  Socket a = t.bound(kind);
  Socket sender = t.open(kind);
  REQUIRE_OK(sender.connect(REQUIRE_OK(a.getsockname())));
  REQUIRE_OK(sender.connect(Address{}));
  REQUIRE_ERROR(sender.getpeername(), Errc::enotconn);
}

CONFORMANCE_OVER(udp_kinds, "datagram/connected_hears_only_its_peer", Rows({"method/connect"}), Needs{}) {
  Socket peer = t.bound(kind);
  Socket stranger = t.bound(kind);
  Socket s = t.bound(kind);
  const Address to = REQUIRE_OK(s.getsockname());
  REQUIRE_OK(s.connect(REQUIRE_OK(peer.getsockname())));
  REQUIRE_OK(stranger.sendto("from a stranger", to));
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
  REQUIRE_OK(peer.sendto("from the peer", to));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "from the peer");
}

CONFORMANCE("datagram/connected_unix_refuses_strangers", Rows({"method/sendto", "family/AF_UNIX"}),
            Needs{Feature::unix_dgram, Feature::unix_path}) {
  Connection c = t.connected(unix_dgram);
  Socket stranger = t.bound(unix_dgram);
  REQUIRE_ERROR(stranger.sendto("x", REQUIRE_OK(c.server.getsockname())), Errc::eperm);
}

CONFORMANCE_OVER(udp_kinds, "datagram/send_without_a_peer", Rows({"method/send", "method/sendmsg"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.send("x"), Errc::edestaddrreq);
  REQUIRE_ERROR(s.sendall("x"), Errc::edestaddrreq);
  REQUIRE_ERROR(s.sendmsg({"x"}), Errc::edestaddrreq);
}

CONFORMANCE("datagram/send_without_a_peer@unixdgram", Rows({"method/send"}), Needs{Feature::unix_dgram}) {
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.send("x"), Errc::enotconn);
}

CONFORMANCE_OVER(udp_kinds, "datagram/sending_binds", Rows({"method/sendto", "method/getsockname"}), Needs{}) {
  Socket s = t.open(kind);
  Socket receiver = t.bound(kind);
  REQUIRE_OK(s.sendto("x", REQUIRE_OK(receiver.getsockname())));
  const int port = port_of(REQUIRE_OK(s.getsockname()));
  REQUIRE_NE(port, 0);
  REQUIRE_EQ(port_of(REQUIRE_OK(receiver.recvfrom(10)).address), port);
}

CONFORMANCE_OVER(udp_kinds, "datagram/unreachable", Rows({"method/send", "method/recv", "exception/OSError"}),
                 Needs{Feature::udp_unreachable}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.connect(t.nobody(kind)));
  REQUIRE_OK(s.send("anybody there?"));
  REQUIRE(t.ready(s, Interest::read));
  REQUIRE_ERROR(s.recv(10), Errc::econnrefused);
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_ERROR(s.recv(10), Errc::eagain);  // reported once
}

CONFORMANCE_OVER(udp_kinds, "datagram/unreachable_shows_in_send", Rows({"method/send"}),
                 Needs{Feature::udp_unreachable}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.connect(t.nobody(kind)));
  REQUIRE_OK(s.send("anybody there?"));
  REQUIRE(t.ready(s, Interest::read));
  REQUIRE_ERROR(s.send("hello?"), Errc::econnrefused);
}

CONFORMANCE_OVER(udp_kinds, "datagram/unconnected_does_not_hear_of_unreachable", Rows({"method/sendto"}), Needs{}) {
  Socket s = t.bound(kind);
  const Address nobody = t.nobody(kind);
  REQUIRE_OK(s.sendto("anybody there?", nobody));
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
  REQUIRE_OK(s.sendto("still fine", nobody));
}

CONFORMANCE_OVER(datagram_kinds, "datagram/no_listening", Rows({"method/listen", "method/accept"}), Needs{}) {
  Socket s = t.bound(kind);
  REQUIRE_ERROR(s.listen(), Errc::eopnotsupp);
  REQUIRE_ERROR(s.accept(), Errc::eopnotsupp);
}

CONFORMANCE_OVER(udp_kinds, "datagram/shutdown_unconnected", Rows({"method/shutdown"}), Needs{}) {
  Socket s = t.bound(kind);
  REQUIRE_ERROR(s.shutdown(shut_rdwr), Errc::enotconn);
}

CONFORMANCE_OVER(udp_kinds, "datagram/always_writable", Rows({"behaviour/B57"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE(t.ready(s, Interest::write));
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
}

CONFORMANCE("datagram/wildcard_receives", Rows({"method/bind", "family/AF_INET host ''"}), Needs{Feature::inet_dgram}) {
  Socket receiver = t.open(udp4);
  REQUIRE_OK(receiver.bind(InetAddress{"", 0}));
  const auto own = std::get<InetAddress>(REQUIRE_OK(receiver.getsockname()));
  REQUIRE_EQ(own.host, "0.0.0.0");
  Socket s = t.open(udp4);
  REQUIRE_OK(s.sendto("to any", InetAddress{"127.0.0.1", own.port}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to any");
}

CONFORMANCE("datagram/wildcard_receives@udp6", Rows({"method/bind", "family/AF_INET6"}),
            Needs{Feature::inet6_dgram, &probe::ipv6_loopback}) {
  Socket receiver = t.open(udp6);
  REQUIRE_OK(receiver.bind(Inet6Address{"", 0}));
  const auto own = std::get<Inet6Address>(REQUIRE_OK(receiver.getsockname()));
  REQUIRE_EQ(own.host, "::");
  Socket s = t.open(udp6);
  REQUIRE_OK(s.sendto("to any", Inet6Address{"::1", own.port}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to any");
}

CONFORMANCE("datagram/broadcast_needs_the_option", Rows({"family/AF_INET host '<broadcast>'", "method/sendto"}),
            Needs{Feature::inet_dgram, Feature::broadcast}) {
  Socket s = t.open(udp4);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_broadcast)), 0);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"<broadcast>", 9}), Errc::eacces);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"255.255.255.255", 9}), Errc::eacces);
}

CONFORMANCE("datagram/broadcast_on_the_loopback", Rows({"constant-group/SO_*", "method/sendto"}),
            Needs{Feature::inet_dgram, Feature::broadcast}) {
  Socket receiver = t.open(udp4);
  REQUIRE_OK(receiver.bind(InetAddress{"", 0}));
  const InetAddress everyone{"127.255.255.255", port_of(REQUIRE_OK(receiver.getsockname()))};
  Socket s = t.open(udp4);
  REQUIRE_ERROR(s.sendto("x", everyone), Errc::eacces);
  REQUIRE_OK(s.setsockopt(sol_socket, so_broadcast, 1));
  REQUIRE_OK(s.sendto("to everyone", everyone));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "to everyone");
}

CONFORMANCE("datagram/broadcast_name_on_inet6", Rows({"family/AF_INET host '<broadcast>'"}),
            Needs{Feature::inet6_dgram}) {
  Socket s = t.open(udp6);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"<broadcast>", 9}), UsageErrc::address_form);
}

// ---- AF_UNIX datagrams: nothing is lost, the receiver holds the sender back ----

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
