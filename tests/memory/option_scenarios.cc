#include <climits>
#include <string>

#include "scenarios.h"

namespace everysock::testing {
namespace {

struct Kind {
  const char* name;
  AddressFamily family;
  SocketKind kind;
};

const Kind kKinds[] = {
    {"tcp4", af_inet, sock_stream},
    {"udp4", af_inet, sock_dgram},
    {"tcp6", af_inet6, sock_stream},
    {"udp6", af_inet6, sock_dgram},
    {"unix stream", af_unix, sock_stream},
    {"unix dgram", af_unix, sock_dgram},
    {"unix seqpacket", af_unix, sock_seqpacket},
};

// so_sndbuf and so_rcvbuf have defaults of the machine, so_mark, so_priority and so_incoming_cpu privileges, and
// interfaces are this machine's own.
const Option kSocketOptions[] = {so_debug,     so_reuseaddr,  so_type,      so_error,    so_dontroute,
                                 so_broadcast, so_keepalive,  so_oobinline, so_linger,   so_reuseport,
                                 so_passcred,  so_peercred,   so_rcvlowat,  so_sndlowat, so_rcvtimeo,
                                 so_sndtimeo,  so_acceptconn, so_protocol,  so_domain};
const Option kIpOptions[] = {ip_tos, ip_ttl, ip_multicast_ttl, ip_multicast_loop};
const Option kIpv6Options[] = {ipv6_unicast_hops, ipv6_multicast_hops, ipv6_multicast_loop, ipv6_v6only, ipv6_tclass};
const Option kTcpOptions[] = {tcp_nodelay, tcp_maxseg,       tcp_cork,     tcp_keepidle,     tcp_keepintvl, tcp_keepcnt,
                              tcp_syncnt,  tcp_defer_accept, tcp_quickack, tcp_user_timeout, tcp_fastopen};

template <typename Action>
void for_all_options(Action action) {
  for (const Option option : kSocketOptions) action(sol_socket, option);
  for (const Option option : kIpOptions) action(sol_ip, option);
  for (const Option option : kIpv6Options) action(sol_ipv6, option);
  for (const Option option : kTcpOptions) action(sol_tcp, option);
}

void defaults(Script& s) {
  for (const Kind& kind : kKinds) {
    s.note(kind.name);
    s.open("s", kind.family, kind.kind);
    for_all_options([&](OptionLevel level, Option option) {
      for (const std::size_t size : {0, 1, 3, 4, 16, 64}) s.get("s", level, option, size);
    });
    s.get("s", sol_socket, Option::native(250));
    s.get("s", sol_tcp, Option::native(250));
    s.get("s", sol_ipv6, Option::native(250));
    s.close("s");
  }
}

void values(Script& s) {
  for (const Kind& kind : kKinds) {
    s.note(kind.name);
    for_all_options([&](OptionLevel level, Option option) {
      for (const int value :
           {-2, -1, 0, 1, 2, 3, 63, 64, 87, 88, 127, 128, 255, 256, 5000, 32767, 32768, 100000, INT_MAX}) {
        s.open("s", kind.family, kind.kind);
        s.set("s", level, option, value);
        s.get("s", level, option, 16);
        s.close("s");
      }
    });
  }
}

void lengths(Script& s) {
  const std::string longest("\1\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0\1\1\1\1", 20);
  for (const Kind& kind : kKinds) {
    s.note(kind.name);
    for_all_options([&](OptionLevel level, Option option) {
      for (const std::size_t size : {0, 1, 3, 4, 8, 16, 20}) {
        s.open("s", kind.family, kind.kind);
        s.set_bytes("s", level, option, longest.substr(0, size));
        s.get("s", level, option, 20);
        s.close("s");
      }
    });
    s.open("s", kind.family, kind.kind);
    s.set("s", sol_socket, Option::native(250), 1);
    s.set("s", sol_ip, Option::native(250), 1);
    s.set("s", sol_ipv6, Option::native(250), 1);
    s.set("s", sol_tcp, Option::native(250), 1);
    s.set_bytes("s", sol_socket, Option::native(250), "");
    s.close("s");
  }
}

void buffers(Script& s) {
  for (const Kind& kind : kKinds) {
    s.note(kind.name);
    for (const int value : {0, 1, 1000, 2303, 2304, 4607, 4608, 65536, 200000}) {
      for (const Option option : {so_sndbuf, so_rcvbuf}) {
        s.open("s", kind.family, kind.kind);
        s.set("s", sol_socket, option, value);
        s.get("s", sol_socket, option);
        s.close("s");
      }
    }
  }
}

void times(Script& s) {
  const auto pack = [](std::int64_t seconds, std::int64_t microseconds) {
    std::string bytes;
    for (const std::int64_t part : {seconds, microseconds}) {
      for (int i = 0; i < 8; ++i) bytes += static_cast<char>(static_cast<std::uint64_t>(part) >> (8 * i));
    }
    return bytes;
  };
  // In steps of the kernel's ticks, of which any reasonable machine has a whole number in these.
  const std::pair<std::int64_t, std::int64_t> parts[] = {{0, 0},  {1, 500000}, {1, 999999},    {1, 1000000},
                                                         {0, -1}, {-1, 5},     {INT64_MAX, 0}, {3600, 20000}};
  for (const auto& [seconds, microseconds] : parts) {
    if (microseconds == 999999) continue;
    s.open("s", af_inet, sock_stream);
    s.set_bytes("s", sol_socket, so_rcvtimeo, pack(seconds, microseconds));
    s.get("s", sol_socket, so_rcvtimeo, 16);
    s.close("s");
  }
}

constexpr Scenario kScenarios[] = {
    {"defaults", defaults}, {"values", values}, {"lengths", lengths}, {"buffer sizes", buffers}, {"time-outs", times},
};

}  // namespace

std::span<const Scenario> option_scenarios() { return kScenarios; }

}  // namespace everysock::testing
