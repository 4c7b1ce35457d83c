// Protocols of Internet sockets beyond TCP and UDP: UDP-Lite, Multipath TCP, ICMP.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("protocol/udplite",
            Rows({"constant/UDPLITE_SEND_CSCOV", "constant/UDPLITE_RECV_CSCOV", "constant/IPPROTO_UDPLITE",
                  "protocol/IPPROTO_UDPLITE", "example/E16"}),
            Needs{Feature::udplite, Feature::inet_dgram, &probe::udplite}) {
  Socket receiver = REQUIRE_OK(socket(af_inet, sock_dgram, ipproto_udplite, t.backend()));
  REQUIRE_OK(receiver.settimeout(Context::patience));
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(sol_socket, so_protocol)), 136);
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  Socket sender = REQUIRE_OK(socket(af_inet, sock_dgram, ipproto_udplite, t.backend()));
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
  Socket receiver = REQUIRE_OK(socket(af_inet6, sock_dgram, ipproto_udplite, t.backend()));
  REQUIRE_OK(receiver.settimeout(Context::patience));
  REQUIRE_OK(receiver.bind(Inet6Address{"::1", 0}));
  REQUIRE_OK(receiver.setsockopt(ipproto_udplite, udplite_recv_cscov, 20));
  Socket sender = REQUIRE_OK(socket(af_inet6, sock_dgram, ipproto_udplite, t.backend()));
  REQUIRE_OK(sender.setsockopt(ipproto_udplite, udplite_send_cscov, 20));
  REQUIRE_OK(sender.sendto("in part", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "in part");
}

CONFORMANCE("protocol/mptcp", Rows({"constant/IPPROTO_MPTCP", "protocol/IPPROTO_MPTCP"}),
            Needs{Feature::mptcp, Feature::inet_stream, &probe::mptcp}) {
  Socket listener = REQUIRE_OK(socket(af_inet, sock_stream, ipproto_mptcp, t.backend()));
  REQUIRE_OK(listener.settimeout(Context::patience));
  REQUIRE_EQ(REQUIRE_OK(listener.getsockopt(sol_socket, so_protocol)), 262);
  REQUIRE_OK(listener.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(listener.listen());
  // Those who do not know of it talk plain TCP.
  for (const Protocol protocol : {ipproto_mptcp, ipproto_tcp}) {
    Socket client = REQUIRE_OK(socket(af_inet, sock_stream, protocol, t.backend()));
    REQUIRE_OK(client.settimeout(Context::patience));
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
  // RFC 6458, section 4: one to one.
  Socket listener = REQUIRE_OK(socket(af_inet, sock_stream, ipproto_sctp, t.backend()));
  REQUIRE_OK(listener.settimeout(Context::patience));
  REQUIRE_EQ(REQUIRE_OK(listener.getsockopt(sol_socket, so_protocol)), 132);
  REQUIRE_OK(listener.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(listener.listen());
  Socket client = REQUIRE_OK(socket(af_inet, sock_stream, ipproto_sctp, t.backend()));
  REQUIRE_OK(client.settimeout(Context::patience));
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

// A ping: type, code, checksum, identifier, sequence number, data.
std::string echo_request(std::uint8_t type, std::string_view data) {
  std::string message(8, '\0');
  message[0] = static_cast<char>(type);
  message[4] = 'e';
  message[5] = 's';
  return message.append(data);
}

// RFC 1071.
void put_checksum(std::string& message) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(message[i])) << (i % 2 == 0 ? 8 : 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  message[2] = static_cast<char>(~sum >> 8);
  message[3] = static_cast<char>(~sum);
}

// The next message that ends in `data` and is of `type`, behind `skip` bytes: raw sockets hear everybody's.
std::string answer(Socket& s, std::size_t skip, std::uint8_t type, std::string_view data) {
  for (;;) {
    const std::string packet = REQUIRE_OK(s.recv(2000));
    if (packet.size() > skip && static_cast<unsigned char>(packet[skip]) == type && packet.ends_with(data)) {
      return packet.substr(skip);
    }
  }
}

CONFORMANCE("protocol/icmp", Rows({"constant/SOCK_RAW", "constant-group/IPPROTO_*"}),
            Needs{Feature::raw, Feature::inet_dgram, &probe::raw_sockets}) {
  Socket s = REQUIRE_OK(socket(af_inet, sock_raw, ipproto_icmp, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  const std::string data = t.pattern(56);
  std::string request = echo_request(8, data);
  put_checksum(request);
  REQUIRE_EQ(REQUIRE_OK(s.sendto(request, InetAddress{"127.0.0.1", 0})), request.size());
  // What comes begins with the IP header.
  REQUIRE_EQ(answer(s, 20, 0, data).substr(4), request.substr(4));
}

CONFORMANCE("protocol/icmp6", Rows({"constant/SOCK_RAW", "constant-group/IPPROTO_*"}),
            Needs{Feature::raw, Feature::inet6_dgram, &probe::raw_sockets, &probe::ipv6_loopback}) {
  Socket s = REQUIRE_OK(socket(af_inet6, sock_raw, ipproto_icmpv6, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  const std::string data = t.pattern(56, 1);
  // RFC 3542, 3.1: the system computes the checksum, and gives no header.
  const std::string request = echo_request(128, data);
  REQUIRE_EQ(REQUIRE_OK(s.sendto(request, Inet6Address{"::1", 0})), request.size());
  REQUIRE_EQ(answer(s, 0, 129, data).substr(4), request.substr(4));
}

CONFORMANCE("protocol/raw_of_a_number", Rows({"constant/SOCK_RAW", "constant-group/IPPROTO_*"}),
            Needs{Feature::raw, Feature::inet_dgram, &probe::raw_sockets}) {
  // RFC 3692: for experiments.
  constexpr Protocol experiments(253);
  Socket receiver = REQUIRE_OK(socket(af_inet, sock_raw, experiments, t.backend()));
  REQUIRE_OK(receiver.settimeout(Context::patience));
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  Socket sender = REQUIRE_OK(socket(af_inet, sock_raw, experiments, t.backend()));
  const std::string data = t.pattern(100, 2);
  REQUIRE_OK(sender.sendto(data, InetAddress{"127.0.0.1", 0}));
  const std::string packet = REQUIRE_OK(receiver.recv(2000));
  REQUIRE_EQ(packet.size(), 20 + data.size());
  REQUIRE_EQ(static_cast<unsigned char>(packet[9]), 253);
  REQUIRE_EQ(packet.substr(20), data);
}

CONFORMANCE("protocol/of_another_kind", Rows({"function/socket", "constant-group/IPPROTO_*"}),
            Needs{Feature::inet_stream, Feature::inet_dgram}) {
  REQUIRE_ERROR(socket(af_inet, sock_stream, ipproto_udplite, t.backend()), Errc::eprotonosupport);
  REQUIRE_ERROR(socket(af_inet, sock_dgram, ipproto_mptcp, t.backend()), Errc::eprotonosupport);
}

}  // namespace
}  // namespace everysock::conformance
