// Raw Internet sockets, and protocols that do not go with a type.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

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
