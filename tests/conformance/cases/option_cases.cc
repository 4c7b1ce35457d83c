// Socket options: their values, their forms, and what is refused.
#include <array>
#include <bit>
#include <cstring>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

std::string bytes_of(std::int32_t value) {
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
  return bytes;
}

// Sets an int option to each value and reads it back.
void require_round_trip(Socket& s, OptionLevel level, Option option, std::initializer_list<int> values) {
  for (int value : values) {
    REQUIRE_OK(s.setsockopt(level, option, value));
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), value);
  }
}

CONFORMANCE_OVER(every_kind, "option/type_and_domain", Rows({"method/getsockopt", "constant/SO_DOMAIN"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_type)), static_cast<int>(kind.type.value()));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_domain)), static_cast<int>(kind.family.value()));
}

CONFORMANCE("option/protocol", Rows({"constant/SO_PROTOCOL", "attribute/proto"}),
            Needs{Feature::inet_stream, Feature::inet_dgram, Feature::socket_options}) {
  Socket tcp = t.open(tcp4);
  REQUIRE_EQ(REQUIRE_OK(tcp.getsockopt(sol_socket, so_protocol)), static_cast<int>(ipproto_tcp.value()));
  REQUIRE_EQ(tcp.proto(), Protocol{});  // what was asked for
  Socket udp = t.open(udp4);
  REQUIRE_EQ(REQUIRE_OK(udp.getsockopt(sol_socket, so_protocol)), static_cast<int>(ipproto_udp.value()));
  Socket named = REQUIRE_OK(socket(af_inet, sock_stream, ipproto_tcp, t.backend()));
  REQUIRE_EQ(named.proto(), ipproto_tcp);
}

CONFORMANCE_OVER(every_kind, "option/no_error_at_first", Rows({"method/getsockopt", "constant-group/SO_*"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_error)), 0);
}

CONFORMANCE_OVER(listener_kinds, "option/acceptconn", Rows({"method/getsockopt", "constant-group/SO_*"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.bound(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_acceptconn)), 0);
  REQUIRE_OK(s.listen());
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_acceptconn)), 1);
}

CONFORMANCE_OVER(every_kind, "option/reuseaddr", Rows({"method/setsockopt", "constant/SO_REUSEADDR"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_reuseaddr)), 0);
  require_round_trip(s, sol_socket, so_reuseaddr, {1, 0});
}

CONFORMANCE_OVER(every_kind, "option/keepalive", Rows({"method/setsockopt", "constant-group/SO_*"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive)), 0);
  require_round_trip(s, sol_socket, so_keepalive, {1, 0});
}

CONFORMANCE_OVER(udp_kinds, "option/broadcast", Rows({"method/setsockopt", "constant-group/SO_*"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_broadcast)), 0);
  require_round_trip(s, sol_socket, so_broadcast, {1, 0});
}

CONFORMANCE_OVER(every_kind, "option/buffer_sizes", Rows({"method/setsockopt", "constant-group/SO_*"}),
                 Needs{Feature::buffer_sizes}) {
  Socket s = t.open(kind);
  for (Option option : {so_sndbuf, so_rcvbuf}) {
    REQUIRE_LT(0, REQUIRE_OK(s.getsockopt(sol_socket, option)));
    REQUIRE_OK(s.setsockopt(sol_socket, option, 65536));
    REQUIRE_GE(REQUIRE_OK(s.getsockopt(sol_socket, option)), 65536);  // the system may take more (Linux: twice)
  }
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_pair}), "option/small_send_buffer",
                 Rows({"constant-group/SO_*", "method/send"}), Needs{Feature::buffer_sizes, Feature::threads}) {
  // How much fits on the way is nobody's promise (a proxy has buffers too); that all of it arrives is.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.setsockopt(sol_socket, so_sndbuf, 8192));
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_rcvbuf, 8192));
  const std::string data = t.pattern(256 << 10);
  Worker reader = t.spawn([&] { REQUIRE(t.receive(c.server, data.size()) == data); });
  REQUIRE_OK(c.client.sendall(data));
  reader.join();
}

CONFORMANCE_OVER(tcp_kinds, "option/linger", Rows({"method/setsockopt", "method/getsockopt"}), Needs{Feature::linger}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_linger, 8)), bytes_of(0) + bytes_of(0));
  const std::string on = bytes_of(1) + bytes_of(5);
  REQUIRE_OK(s.setsockopt(sol_socket, so_linger, on));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_linger, 8)), on);
  REQUIRE_ERROR(s.setsockopt(sol_socket, so_linger, 1), Errc::einval);  // an int is not a struct linger
}

CONFORMANCE_OVER(tcp_kinds, "option/linger_waits_in_vain", Rows({"method/close"}), Needs{Feature::linger}) {
  // With nothing left to send, close() does not linger.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.setsockopt(sol_socket, so_linger, bytes_of(1) + bytes_of(30)));
  const double start = t.now();
  REQUIRE_OK(c.client.close());
  REQUIRE_LT(t.now() - start, Context::patience);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
}

CONFORMANCE_OVER(tcp_kinds, "option/nodelay", Rows({"method/setsockopt", "constant-group/TCP_*"}),
                 Needs{Feature::tcp_options}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_tcp, tcp_nodelay)), 0);
  require_round_trip(s, ipproto_tcp, tcp_nodelay, {1, 0});
}

CONFORMANCE_OVER(tcp_kinds, "option/keepalive_times",
                 Rows({"constant/TCP_KEEPIDLE", "constant/TCP_KEEPINTVL", "constant/TCP_KEEPCNT"}),
                 Needs{Feature::tcp_options}) {
  Socket s = t.open(kind);
  require_round_trip(s, ipproto_tcp, tcp_keepidle, {30, 600});
  require_round_trip(s, ipproto_tcp, tcp_keepintvl, {7, 75});
  require_round_trip(s, ipproto_tcp, tcp_keepcnt, {3, 9});
  REQUIRE_ERROR(s.setsockopt(ipproto_tcp, tcp_keepcnt, 0), Errc::einval);
}

CONFORMANCE("option/ttl", Rows({"constant-group/IP_*"}),
            Needs{Feature::inet_stream, Feature::inet_dgram, Feature::ip_options}) {
  for (const Kind* kind : {&tcp4, &udp4}) {
    Socket s = t.open(*kind);
    REQUIRE_LT(0, REQUIRE_OK(s.getsockopt(ipproto_ip, ip_ttl)));
    require_round_trip(s, ipproto_ip, ip_ttl, {1, 255, 64});
    REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_ttl, 256), Errc::einval);
    REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_ttl, 0), Errc::einval);
  }
}

CONFORMANCE("option/tos", Rows({"constant-group/IP_*"}), Needs{Feature::inet_dgram, Feature::ip_options}) {
  Socket s = t.open(udp4);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_tos)), 0);
  require_round_trip(s, ipproto_ip, ip_tos, {0x10, 0x08, 0});
}

CONFORMANCE("option/hop_limit", Rows({"constant-group/IPV6_*"}), Needs{Feature::inet6_dgram, Feature::ip_options}) {
  Socket s = t.open(udp6);
  require_round_trip(s, ipproto_ipv6, ipv6_unicast_hops, {1, 255, 64});
  REQUIRE_ERROR(s.setsockopt(ipproto_ipv6, ipv6_unicast_hops, 256), Errc::einval);
  require_round_trip(s, ipproto_ipv6, ipv6_tclass, {0x20, 0});
}

CONFORMANCE_OVER((std::array{&tcp6, &udp6}), "option/v6only", Rows({"constant-group/IPV6_*"}),
                 Needs{Feature::dual_stack}) {
  Socket s = t.open(kind);
  require_round_trip(s, ipproto_ipv6, ipv6_v6only, {1, 0, 1});
  REQUIRE_OK(s.bind(Inet6Address{"::1", 0}));
  REQUIRE_ERROR(s.setsockopt(ipproto_ipv6, ipv6_v6only, 0), Errc::einval);  // too late
}

CONFORMANCE_OVER(every_kind, "option/as_bytes", Rows({"method/setsockopt", "method/getsockopt", "behaviour/B50"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.setsockopt(sol_socket, so_keepalive, bytes_of(1)));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive)), 1);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive, 4)), bytes_of(1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive, 64)), bytes_of(1));  // cut to what there is
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_type, 1024)),
             bytes_of(static_cast<std::int32_t>(kind.type.value())));
  const std::array<std::uint8_t, 4> off = {0, 0, 0, 0};
  REQUIRE_OK(s.setsockopt(sol_socket, so_keepalive, off));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive)), 0);
}

CONFORMANCE_OVER(every_kind, "option/too_short", Rows({"method/setsockopt"}), Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.setsockopt(sol_socket, so_keepalive, std::string(1, '\1')), Errc::einval);
  REQUIRE_ERROR(s.setsockopt(sol_socket, so_keepalive, ConstBuffer()), Errc::einval);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive)), 0);
}

CONFORMANCE("option/buflen_out_of_range", Rows({"method/getsockopt"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  const Error error = REQUIRE_ERROR(s.getsockopt(sol_socket, so_type, 1025), UsageErrc::buflen_out_of_range);
  REQUIRE_EQ(error.detail(), 1025);
  REQUIRE_ERROR(s.getsockopt(sol_socket, so_type, -1), UsageErrc::buflen_out_of_range);
}

CONFORMANCE_OVER(every_kind, "option/unknown", Rows({"method/getsockopt", "method/setsockopt"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.getsockopt(sol_socket, Option(sol_socket, 0x7ffe)), Errc::enoprotoopt);
  REQUIRE_ERROR(s.setsockopt(sol_socket, Option(sol_socket, 0x7ffe), 1), Errc::enoprotoopt);
}

CONFORMANCE_OVER(every_kind, "option/of_another_level", Rows({"method/getsockopt", "method/setsockopt"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.getsockopt(sol_socket, tcp_nodelay), Errc::enoprotoopt);
  REQUIRE_ERROR(s.setsockopt(sol_socket, tcp_nodelay, 1), Errc::enoprotoopt);
  REQUIRE_ERROR(s.setsockopt(ipproto_tcp, so_reuseaddr, 1), Errc::enoprotoopt);
  REQUIRE_ERROR(s.getsockopt(ipproto_ip, ipv6_v6only), Errc::enoprotoopt);
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_dgram, &seqpacket}), "option/of_another_family",
                 Rows({"method/getsockopt", "method/setsockopt"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.getsockopt(ipproto_tcp, tcp_nodelay), Errc::eopnotsupp);
  REQUIRE_ERROR(s.setsockopt(ipproto_tcp, tcp_nodelay, 1), Errc::eopnotsupp);
  REQUIRE_ERROR(s.setsockopt(ipproto_ip, ip_ttl, 1), Errc::eopnotsupp);
}

CONFORMANCE("option/of_another_protocol", Rows({"method/setsockopt"}),
            Needs{Feature::inet_dgram, Feature::inet_stream}) {
  Socket udp = t.open(udp4);
  REQUIRE_ERROR(udp.setsockopt(ipproto_tcp, tcp_nodelay, 1), Errc::enoprotoopt);
  Socket tcp = t.open(tcp4);
  REQUIRE_ERROR(tcp.setsockopt(ipproto_ipv6, ipv6_v6only, 1), Errc::enoprotoopt);
}

CONFORMANCE_OVER(every_kind, "option/read_only", Rows({"method/setsockopt"}), Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  for (Option option : {so_type, so_error, so_domain, so_protocol, so_acceptconn}) {
    REQUIRE_ERROR(s.setsockopt(sol_socket, option, 1), Errc::enoprotoopt);
  }
}

CONFORMANCE_OVER((std::array{&unix_pair, &seqpacket_pair}), "option/priority_and_passcred",
                 Rows({"constant/SO_PASSCRED"}), Needs{Feature::socket_options}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockopt(sol_socket, so_passcred)), 0);
  require_round_trip(c.client, sol_socket, so_passcred, {1, 0});
}

CONFORMANCE_OVER(tcp_kinds, "option/rcvlowat_and_timeouts", Rows({"constant-group/SO_*"}),
                 Needs{Feature::socket_options}) {
  Socket s = t.open(kind);
  const Result<int> least = s.getsockopt(sol_socket, so_rcvlowat);  // which not every system has
  if (least) {
    REQUIRE_EQ(*least, 1);
  } else {
    REQUIRE_ERROR(least, Errc::enoprotoopt);
  }
  // struct timeval: two 64-bit integers.
  const std::string none(16, '\0');
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_rcvtimeo, 16)), none);
  std::string two_seconds = none;
  two_seconds[0] = 2;
  REQUIRE_OK(s.setsockopt(sol_socket, so_rcvtimeo, two_seconds));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_rcvtimeo, 16)), two_seconds);
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4, &unix_path}), "option/native_number",
                 Rows({"method/getsockopt", "behaviour/B47"}), Needs{Feature::raw_constants}) {
  // A number that this library does not know goes to the system as it is: no system has this one.
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.getsockopt(sol_socket, Option::native(0x7fffff)), Errc::enoprotoopt);
}

}  // namespace
}  // namespace everysock::conformance
