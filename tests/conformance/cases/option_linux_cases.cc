// Options that not every system has: of TCP and IPv6, and of sockets.
#include <array>
#include <cstring>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

void require_switch(Socket& s, OptionLevel level, Option option) {
  for (const int value : {1, 0}) {
    REQUIRE_OK(s.setsockopt(level, option, value));
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), value);
  }
}

CONFORMANCE_OVER(tcp_kinds, "option/cork", Rows({"constant-group/TCP_*"}), Needs{Feature::tcp_linux}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.setsockopt(ipproto_tcp, tcp_cork, 1));
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockopt(ipproto_tcp, tcp_cork)), 1);
  REQUIRE_OK(c.client.send("in one "));
  REQUIRE_OK(c.client.send("piece"));
  REQUIRE_OK(c.client.setsockopt(ipproto_tcp, tcp_cork, 0));
  REQUIRE_EQ(t.receive(c.server, 12), "in one piece");
}

CONFORMANCE_OVER(tcp_kinds, "option/tcp_numbers", Rows({"constant-group/TCP_*"}), Needs{Feature::tcp_linux}) {
  Socket s = t.open(kind);
  require_switch(s, ipproto_tcp, tcp_quickack);
  for (const auto& [option, value] :
       {std::pair{tcp_user_timeout, 30'000}, std::pair{tcp_syncnt, 3}, std::pair{tcp_maxseg, 1000}}) {
    REQUIRE_OK(s.setsockopt(ipproto_tcp, option, value));
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_tcp, option)), value);
  }
  REQUIRE_OK(s.setsockopt(ipproto_tcp, tcp_defer_accept, 1));
  REQUIRE_LE(1, REQUIRE_OK(s.getsockopt(ipproto_tcp, tcp_defer_accept)));
  REQUIRE_ERROR(s.setsockopt(ipproto_tcp, tcp_syncnt, 1000), Errc::einval);
}

CONFORMANCE_OVER(tcp_kinds, "option/defer_accept", Rows({"constant-group/TCP_*"}),
                 Needs{Feature::tcp_linux, Feature::listen}) {
  // A connection is to be accepted when it brings something.
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.setsockopt(ipproto_tcp, tcp_defer_accept, 60));
  Socket silent = t.open(kind);
  REQUIRE_OK(silent.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE(!t.ready(listener, Interest::read, Context::moment));
  REQUIRE_OK(silent.sendall("hello"));
  REQUIRE(t.ready(listener, Interest::read));
  Socket accepted = REQUIRE_OK(listener.accept()).socket;
  REQUIRE_EQ(REQUIRE_OK(accepted.recv(10)), "hello");
  REQUIRE_EQ(REQUIRE_OK(accepted.getsockopt(ipproto_tcp, tcp_defer_accept)), 0);
  // So is one that has ended.
  Socket ended = t.open(kind);
  REQUIRE_OK(ended.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE_OK(ended.close());
  REQUIRE(t.ready(listener, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(REQUIRE_OK(listener.accept()).socket.recv(10)), "");
}

CONFORMANCE_OVER(tcp_kinds, "option/handshake_waits_for_data", Rows({"constant-group/TCP_*"}),
                 Needs{Feature::tcp_linux, Feature::listen}) {
  // One that connects with it holds the last step of the handshake back for a while.
  Socket listener = t.listener(kind);
  for (const auto& [option, value] : {std::pair{tcp_defer_accept, 1}, std::pair{tcp_quickack, 0}}) {
    Socket client = t.open(kind);
    REQUIRE_OK(client.setsockopt(ipproto_tcp, option, value));
    REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
    REQUIRE(t.ready(client, Interest::write));
    REQUIRE_EQ(REQUIRE_OK(client.getsockopt(ipproto_tcp, tcp_quickack)), 1);
    REQUIRE(t.ready(listener, Interest::read));
    REQUIRE_OK(listener.accept());
  }
}

CONFORMANCE_OVER(tcp_kinds, "option/tcp_congestion", Rows({"constant-group/TCP_*", "method/getsockopt"}),
                 Needs{Feature::tcp_linux}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.setsockopt(ipproto_tcp, tcp_congestion, "reno"));
  const std::string name = REQUIRE_OK(s.getsockopt(ipproto_tcp, tcp_congestion, 16));
  REQUIRE_EQ(name.substr(0, name.find('\0')), "reno");
  REQUIRE_ERROR(s.setsockopt(ipproto_tcp, tcp_congestion, "no such one"), Errc::enoent);
}

CONFORMANCE_OVER(tcp_kinds, "option/tcp_info", Rows({"constant-group/TCP_*", "method/getsockopt"}),
                 Needs{Feature::tcp_linux}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.sendall("answer"));
  REQUIRE_EQ(t.receive(c.client, 6), "answer");
  // Of struct tcp_info, linux/tcp.h: the state, a segment's size, the bytes received.
  std::string info = REQUIRE_OK(c.client.getsockopt(ipproto_tcp, tcp_info, 1024));
  REQUIRE_LE(136u, info.size());
  REQUIRE_EQ(int{info[0]}, 1);  // established
  std::uint32_t segment = 0;
  std::memcpy(&segment, info.data() + 16, sizeof(segment));
  REQUIRE_LT(500u, segment);
  std::uint64_t received = 0;
  std::memcpy(&received, info.data() + 128, sizeof(received));
  REQUIRE_EQ(received, 6u);
  REQUIRE_OK(c.server.close());
  REQUIRE_EQ(t.receive_to_end(c.client), "");
  info = REQUIRE_OK(c.client.getsockopt(ipproto_tcp, tcp_info, 1));
  REQUIRE_EQ(info, std::string_view("\x08"));  // CLOSE_WAIT
}

CONFORMANCE_OVER(tcp_kinds, "option/fast_open", Rows({"constant-group/TCP_*", "behaviour/B48"}),
                 Needs{Feature::tcp_fastopen}) {
  Socket s = t.bound(kind);
  REQUIRE_OK(s.setsockopt(ipproto_tcp, tcp_fastopen, 5));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_tcp, tcp_fastopen)), 5);
  REQUIRE_OK(s.listen());
}

CONFORMANCE("option/bind_to_device", Rows({"constant/SO_BINDTODEVICE", "constant-group/SO_*"}),
            Needs{Feature::bind_to_device, Feature::inet_dgram}) {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.setsockopt(sol_socket, so_bindtodevice, "lo"));
  const std::string name = REQUIRE_OK(s.getsockopt(sol_socket, so_bindtodevice, 16));
  REQUIRE_EQ(name.substr(0, name.find('\0')), "lo");
  REQUIRE_ERROR(s.setsockopt(sol_socket, so_bindtodevice, "nosuch0"), Errc::enodev);
  REQUIRE_OK(s.setsockopt(sol_socket, so_bindtodevice, ""));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_bindtodevice, 16)), "");
}

CONFORMANCE("option/ipv6_switches", Rows({"constant-group/IPV6_*"}),
            Needs{Feature::ipv6_options, Feature::inet6_dgram, &probe::ipv6_loopback}) {
  Socket s = t.open(udp6);
  for (const Option option : {ipv6_recvpktinfo, ipv6_recvhoplimit, ipv6_recvtclass, ipv6_recvhopopts, ipv6_recvrthdr,
                              ipv6_recvdstopts, ipv6_recvpathmtu, ipv6_dontfrag, ipv6_recverr}) {
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, option)), 0);
    require_switch(s, ipproto_ipv6, option);
  }
}

}  // namespace
}  // namespace everysock::conformance
