// Streams of other protocols than TCP: Multipath TCP (RFC 8684) and SCTP, one to one (RFC 6458, section 4).
#include "framework/case.h"

namespace everysock::conformance {
namespace {

Socket open_stream(Context& t, Protocol protocol, AddressFamily family = af_inet) {
  Socket s = REQUIRE_OK(socket(family, sock_stream, protocol, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

Socket listening(Context& t, Protocol protocol, AddressFamily family = af_inet) {
  Socket s = open_stream(t, protocol, family);
  REQUIRE_OK(s.bind(InetAddress{family == af_inet ? "127.0.0.1" : "::1", 0}));
  REQUIRE_OK(s.listen());
  return s;
}

CONFORMANCE("protocol/mptcp", Rows({"constant/IPPROTO_MPTCP", "protocol/IPPROTO_MPTCP"}),
            Needs{Feature::mptcp, Feature::inet_stream, &probe::mptcp}) {
  Socket listener = listening(t, ipproto_mptcp);
  REQUIRE_EQ(REQUIRE_OK(listener.getsockopt(sol_socket, so_protocol)), 262);
  // Those who do not know of it talk plain TCP.
  for (const Protocol protocol : {ipproto_mptcp, ipproto_tcp}) {
    Socket client = open_stream(t, protocol);
    REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
    auto accepted = REQUIRE_OK(listener.accept());
    REQUIRE_OK(accepted.socket.settimeout(Context::patience));
    const std::string data = t.pattern(10'000);
    REQUIRE_OK(client.sendall(data));
    REQUIRE_EQ(t.receive(accepted.socket, data.size()), data);
  }
}

CONFORMANCE("protocol/sctp", Rows({"protocol/IPPROTO_SCTP", "constant-group/IPPROTO_*"}),
            Needs{Feature::sctp, Feature::inet_stream, &probe::sctp}) {
  Socket listener = listening(t, ipproto_sctp);
  REQUIRE_EQ(REQUIRE_OK(listener.getsockopt(sol_socket, so_protocol)), 132);
  Socket client = open_stream(t, ipproto_sctp);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  auto accepted = REQUIRE_OK(listener.accept());
  REQUIRE_OK(accepted.socket.settimeout(Context::patience));
  REQUIRE_OK(client.send("one"));
  REQUIRE_OK(client.send("and two"));
  const auto first = REQUIRE_OK(accepted.socket.recvmsg(100));
  REQUIRE_EQ(first.data, "one");
  REQUIRE(first.msg_flags.has(msg_eor));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(3)), "and");
  const auto rest = REQUIRE_OK(accepted.socket.recvmsg(100));
  REQUIRE_EQ(rest.data, " two");
  REQUIRE(rest.msg_flags.has(msg_eor));
}

CONFORMANCE("protocol/sctp6", Rows({"protocol/IPPROTO_SCTP"}),
            Needs{Feature::sctp, Feature::inet6_stream, &probe::sctp, &probe::ipv6_loopback}) {
  Socket listener = listening(t, ipproto_sctp, af_inet6);
  Socket client = open_stream(t, ipproto_sctp, af_inet6);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  auto accepted = REQUIRE_OK(listener.accept());
  REQUIRE_OK(accepted.socket.settimeout(Context::patience));
  REQUIRE_OK(accepted.socket.send("from the server"));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "from the server");
}

void both_directions(Context& t, Protocol protocol) {
  Socket listener = listening(t, protocol);
  const Address name = REQUIRE_OK(listener.getsockname());
  REQUIRE_NE(port_of(name), 0);
  Socket client = open_stream(t, protocol);
  REQUIRE_ERROR(client.getpeername(), Errc::enotconn);
  REQUIRE_OK(client.connect(name));
  auto [server, peer] = REQUIRE_OK(listener.accept());
  REQUIRE_OK(server.settimeout(Context::patience));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), name);
  REQUIRE_EQ(peer, REQUIRE_OK(client.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(server.getpeername()), peer);
  REQUIRE_OK(client.sendall("question"));
  REQUIRE_EQ(t.receive(server, 8), "question");
  REQUIRE_OK(server.sendall("answer"));
  REQUIRE_EQ(t.receive(client, 6), "answer");
  REQUIRE_OK(client.shutdown(shut_wr));
  REQUIRE_EQ(REQUIRE_OK(server.recv(16)), "");
}

CONFORMANCE("protocol/mptcp_both_directions", Rows({"protocol/IPPROTO_MPTCP", "method/getpeername", "method/shutdown"}),
            Needs{Feature::mptcp, Feature::inet_stream, &probe::mptcp}) {
  both_directions(t, ipproto_mptcp);
}

CONFORMANCE("protocol/sctp_both_directions", Rows({"protocol/IPPROTO_SCTP", "method/getpeername", "method/shutdown"}),
            Needs{Feature::sctp, Feature::inet_stream, &probe::sctp}) {
  both_directions(t, ipproto_sctp);
}

void nobody(Context& t, Protocol protocol) {
  Socket listener = listening(t, protocol);
  REQUIRE_OK(listener.settimeout(0.05));
  REQUIRE_TIMEOUT(listener.accept());
  Socket client = open_stream(t, protocol);
  const Address name = REQUIRE_OK(listener.getsockname());
  REQUIRE_OK(client.connect(name));
  REQUIRE_OK(client.settimeout(0.05));
  REQUIRE_TIMEOUT(client.recv(16));
  REQUIRE_OK(listener.close());
  Socket late = open_stream(t, protocol);
  REQUIRE_ERROR(late.connect(name), Errc::econnrefused);
}

CONFORMANCE("protocol/mptcp_nobody", Rows({"protocol/IPPROTO_MPTCP", "method/settimeout", "method/connect"}),
            Needs{Feature::mptcp, Feature::inet_stream, &probe::mptcp}) {
  nobody(t, ipproto_mptcp);
}

CONFORMANCE("protocol/sctp_nobody", Rows({"protocol/IPPROTO_SCTP", "method/settimeout", "method/connect"}),
            Needs{Feature::sctp, Feature::inet_stream, &probe::sctp}) {
  nobody(t, ipproto_sctp);
}

void bad_address(Context& t, Protocol protocol) {
  Socket s = open_stream(t, protocol);
  REQUIRE_ERROR(s.bind(InetAddress{"192.0.2.1", 0}), Errc::eaddrnotavail);  // RFC 5737: nobody's
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", -1}), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(s.connect(InetAddress{"127.0.0.1", 65536}), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(s.connect(UnixAddress{"path"}), UsageErrc::address_form);
  Socket listener = listening(t, protocol);
  REQUIRE_ERROR(s.bind(REQUIRE_OK(listener.getsockname())), Errc::eaddrinuse);
}

CONFORMANCE("protocol/mptcp_bad_address", Rows({"protocol/IPPROTO_MPTCP", "method/bind", "method/connect"}),
            Needs{Feature::mptcp, Feature::inet_stream, &probe::mptcp}) {
  bad_address(t, ipproto_mptcp);
}

CONFORMANCE("protocol/sctp_bad_address", Rows({"protocol/IPPROTO_SCTP", "method/bind", "method/connect"}),
            Needs{Feature::sctp, Feature::inet_stream, &probe::sctp}) {
  bad_address(t, ipproto_sctp);
}

}  // namespace
}  // namespace everysock::conformance
