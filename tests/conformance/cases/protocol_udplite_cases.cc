// IPPROTO_UDPLITE: udplite(7), RFC 3828.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

Socket open_udplite(Context& t, AddressFamily family = af_inet) {
  Socket s = REQUIRE_OK(socket(family, sock_dgram, ipproto_udplite, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("protocol/udplite",
            Rows({"constant/UDPLITE_SEND_CSCOV", "constant/UDPLITE_RECV_CSCOV", "constant/IPPROTO_UDPLITE",
                  "protocol/IPPROTO_UDPLITE", "example/E16"}),
            Needs{Feature::udplite, Feature::inet_dgram, &probe::udplite}) {
  Socket receiver = open_udplite(t);
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(sol_socket, so_protocol)), 136);
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  Socket sender = open_udplite(t);
  // The checksum covers the header and these bytes; a receiver may ask for more.
  for (const Option option : {udplite_send_cscov, udplite_recv_cscov}) {
    REQUIRE_EQ(REQUIRE_OK(sender.getsockopt(ipproto_udplite, option)), 0);
    REQUIRE_OK(sender.setsockopt(ipproto_udplite, option, 20));
    REQUIRE_EQ(REQUIRE_OK(sender.getsockopt(ipproto_udplite, option)), 20);
  }
  const std::string message = t.pattern(500);
  REQUIRE_OK(sender.sendto(message, REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(1000)), message);
}

CONFORMANCE("protocol/udplite6", Rows({"protocol/IPPROTO_UDPLITE", "example/E16"}),
            Needs{Feature::udplite, Feature::inet6_dgram, &probe::udplite, &probe::ipv6_loopback}) {
  Socket receiver = open_udplite(t, af_inet6);
  REQUIRE_OK(receiver.bind(Inet6Address{"::1", 0}));
  REQUIRE_OK(receiver.setsockopt(ipproto_udplite, udplite_recv_cscov, 20));
  Socket sender = open_udplite(t, af_inet6);
  REQUIRE_OK(sender.setsockopt(ipproto_udplite, udplite_send_cscov, 20));
  REQUIRE_OK(sender.sendto("in part", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "in part");
}

CONFORMANCE("protocol/udplite_both_directions",
            Rows({"protocol/IPPROTO_UDPLITE", "method/connect", "method/recvfrom", "method/getpeername"}),
            Needs{Feature::udplite, Feature::inet_dgram, &probe::udplite}) {
  Socket server = open_udplite(t);
  REQUIRE_OK(server.bind(InetAddress{"127.0.0.1", 0}));
  const Address name = REQUIRE_OK(server.getsockname());
  REQUIRE_NE(port_of(name), 0);
  Socket client = open_udplite(t);
  REQUIRE_OK(client.connect(name));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), name);
  REQUIRE_OK(client.send("question"));
  const auto question = REQUIRE_OK(server.recvfrom(100));
  REQUIRE_EQ(question.data, "question");
  REQUIRE_EQ(question.address, REQUIRE_OK(client.getsockname()));
  REQUIRE_OK(server.sendto("answer", question.address));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "answer");
}

CONFORMANCE("protocol/udplite_coverage", Rows({"constant/UDPLITE_SEND_CSCOV", "constant/UDPLITE_RECV_CSCOV"}),
            Needs{Feature::udplite, Feature::inet_dgram, &probe::udplite}) {
  Socket receiver = open_udplite(t);
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(receiver.setsockopt(ipproto_udplite, udplite_recv_cscov, 20));
  Socket sender = open_udplite(t);
  REQUIRE_OK(sender.connect(REQUIRE_OK(receiver.getsockname())));
  // What is covered less than the receiver asks for is thrown away, what is covered whole is not.
  REQUIRE_OK(sender.setsockopt(ipproto_udplite, udplite_send_cscov, 12));
  REQUIRE_OK(sender.send("covered in part"));
  REQUIRE_OK(sender.setsockopt(ipproto_udplite, udplite_send_cscov, 0));
  REQUIRE_OK(sender.send("covered"));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "covered");
  // The header of 8 bytes is always covered.
  REQUIRE_OK(sender.setsockopt(ipproto_udplite, udplite_send_cscov, 3));
  REQUIRE_EQ(REQUIRE_OK(sender.getsockopt(ipproto_udplite, udplite_send_cscov)), 8);
}

CONFORMANCE("protocol/udplite_nobody", Rows({"protocol/IPPROTO_UDPLITE", "method/settimeout"}),
            Needs{Feature::udplite, Feature::inet_dgram, Feature::udp_unreachable, &probe::udplite}) {
  Socket s = open_udplite(t);
  REQUIRE_OK(s.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(s.settimeout(0.05));
  REQUIRE_TIMEOUT(s.recv(16));
  Socket gone = open_udplite(t);
  REQUIRE_OK(gone.bind(InetAddress{"127.0.0.1", 0}));
  const Address nobody = REQUIRE_OK(gone.getsockname());
  REQUIRE_OK(gone.close());
  REQUIRE_OK(s.connect(nobody));
  REQUIRE_OK(s.settimeout(Context::patience));
  REQUIRE_OK(s.send("x"));
  REQUIRE_ERROR(s.recv(16), Errc::econnrefused);
}

CONFORMANCE("protocol/udplite_bad_address", Rows({"protocol/IPPROTO_UDPLITE", "method/bind", "method/sendto"}),
            Needs{Feature::udplite, Feature::inet_dgram, &probe::udplite}) {
  Socket s = open_udplite(t);
  REQUIRE_ERROR(s.bind(InetAddress{"192.0.2.1", 0}), Errc::eaddrnotavail);  // RFC 5737: nobody's
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 65536}), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(s.bind(UnixAddress{"path"}), UsageErrc::address_form);
  REQUIRE_OK(s.bind(InetAddress{"127.0.0.1", 0}));
  Socket other = open_udplite(t);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"127.0.0.1", 0}), Errc::einval);
  REQUIRE_ERROR(other.bind(REQUIRE_OK(s.getsockname())), Errc::eaddrinuse);
}

}  // namespace
}  // namespace everysock::conformance
