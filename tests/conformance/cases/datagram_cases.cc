// Datagrams go to and come from anybody: sendto and recvfrom, peers that connect() sets, unreachable receivers.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

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

CONFORMANCE_OVER(udp_kinds, "datagram/send_without_a_peer", Rows({"method/send", "method/sendmsg"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.send("x"), Errc::edestaddrreq);
  REQUIRE_ERROR(s.sendall("x"), Errc::edestaddrreq);
  REQUIRE_ERROR(s.sendmsg({"x"}), Errc::edestaddrreq);
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

}  // namespace
}  // namespace everysock::conformance
