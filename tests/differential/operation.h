// One step of a random program: plain numbers, so that a step means something whatever came before it, and a program
// with steps left out is a program still.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_OPERATION_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_OPERATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "everysock/constants.h"

namespace everysock::differential {

// Sockets live in numbered places, s0, s1, ...; what is put into one closes what was there.
inline constexpr int kPlaces = 8;
// How many AF_UNIX paths, and as many abstract names, there are to choose from.
inline constexpr int kUnixNames = 3;

enum class Verb : std::uint8_t {
  socket,
  socketpair,
  close,
  dup,
  bind,
  listen,
  accept,
  connect,
  connect_ex,
  shutdown,
  getsockname,
  getpeername,
  send,
  sendto,
  sendmsg,
  recv,
  recv_into,
  recvfrom,
  recvmsg_into,
  setsockopt,
  setlinger,
  getsockopt,
  setblocking,
  select,
  unlink,
};

// Where to bind, connect or send to.
struct Target {
  enum class Form : std::uint8_t {
    loopback,  // the loopback address of the socket's family with `number` as the port; for AF_UNIX a free name
    any,       // the wildcard address, likewise
    name_of,   // what the socket in place `number` is called, or was last; the wildcard shown as loopback
    peer_of,   // what the peer of the socket in place `number` is called
    path,      // AF_UNIX path `number`
    abstract,  // AF_UNIX abstract name `number`
    mapped,    // name_of, the IPv4 address written as an IPv6 one
    none,      // no address at all: takes the peer of a datagram socket away
  };
  Form form = Form::loopback;
  int number = 0;

  friend bool operator==(const Target&, const Target&) = default;
};

struct Operation {
  Verb verb = Verb::select;
  int place = 0;
  int other = 0;           // the second place, where there is one
  std::size_t choice = 0;  // which kind of socket, option or direction
  Target target = {};
  int size = 0;  // of the data, of the buffer, or the backlog
  MessageFlags flags = {};
  int value = 0;  // of an option; which bytes are sent

  friend bool operator==(const Operation&, const Operation&) = default;
};

using Program = std::vector<Operation>;

struct Kind {
  AddressFamily family;
  SocketKind type;
  const char* text;
};
inline constexpr std::array kKinds = {
    Kind{af_inet, sock_stream, "AF_INET, SOCK_STREAM"},       Kind{af_inet, sock_dgram, "AF_INET, SOCK_DGRAM"},
    Kind{af_inet6, sock_stream, "AF_INET6, SOCK_STREAM"},     Kind{af_inet6, sock_dgram, "AF_INET6, SOCK_DGRAM"},
    Kind{af_unix, sock_stream, "AF_UNIX, SOCK_STREAM"},       Kind{af_unix, sock_dgram, "AF_UNIX, SOCK_DGRAM"},
    Kind{af_unix, sock_seqpacket, "AF_UNIX, SOCK_SEQPACKET"},
};

struct NamedOption {
  OptionLevel level;
  Option option;
  const char* text;
};
inline constexpr std::array kOptions = {
    NamedOption{sol_socket, so_error, "SOL_SOCKET, SO_ERROR"},
    NamedOption{sol_socket, so_reuseaddr, "SOL_SOCKET, SO_REUSEADDR"},
    NamedOption{sol_socket, so_type, "SOL_SOCKET, SO_TYPE"},
    NamedOption{sol_socket, so_domain, "SOL_SOCKET, SO_DOMAIN"},
    NamedOption{sol_socket, so_protocol, "SOL_SOCKET, SO_PROTOCOL"},
    NamedOption{sol_socket, so_acceptconn, "SOL_SOCKET, SO_ACCEPTCONN"},
    NamedOption{sol_socket, so_broadcast, "SOL_SOCKET, SO_BROADCAST"},
    NamedOption{sol_socket, so_keepalive, "SOL_SOCKET, SO_KEEPALIVE"},
    NamedOption{sol_socket, so_dontroute, "SOL_SOCKET, SO_DONTROUTE"},
    NamedOption{sol_socket, so_oobinline, "SOL_SOCKET, SO_OOBINLINE"},
    NamedOption{sol_socket, so_priority, "SOL_SOCKET, SO_PRIORITY"},
    NamedOption{sol_socket, so_reuseport, "SOL_SOCKET, SO_REUSEPORT"},
    NamedOption{sol_socket, so_passcred, "SOL_SOCKET, SO_PASSCRED"},
    NamedOption{sol_socket, so_linger, "SOL_SOCKET, SO_LINGER"},
    NamedOption{sol_socket, so_rcvlowat, "SOL_SOCKET, SO_RCVLOWAT"},
    NamedOption{ipproto_tcp, tcp_nodelay, "IPPROTO_TCP, TCP_NODELAY"},
    NamedOption{ipproto_tcp, tcp_keepidle, "IPPROTO_TCP, TCP_KEEPIDLE"},
    NamedOption{ipproto_tcp, tcp_keepintvl, "IPPROTO_TCP, TCP_KEEPINTVL"},
    NamedOption{ipproto_tcp, tcp_keepcnt, "IPPROTO_TCP, TCP_KEEPCNT"},
    NamedOption{ipproto_tcp, tcp_syncnt, "IPPROTO_TCP, TCP_SYNCNT"},
    NamedOption{ipproto_tcp, tcp_cork, "IPPROTO_TCP, TCP_CORK"},
    NamedOption{ipproto_tcp, tcp_defer_accept, "IPPROTO_TCP, TCP_DEFER_ACCEPT"},
    NamedOption{ipproto_tcp, tcp_user_timeout, "IPPROTO_TCP, TCP_USER_TIMEOUT"},
    NamedOption{ipproto_ip, ip_ttl, "IPPROTO_IP, IP_TTL"},
    NamedOption{ipproto_ip, ip_tos, "IPPROTO_IP, IP_TOS"},
    NamedOption{ipproto_ip, ip_multicast_ttl, "IPPROTO_IP, IP_MULTICAST_TTL"},
    NamedOption{ipproto_ip, ip_multicast_loop, "IPPROTO_IP, IP_MULTICAST_LOOP"},
    NamedOption{ipproto_ipv6, ipv6_v6only, "IPPROTO_IPV6, IPV6_V6ONLY"},
    NamedOption{ipproto_ipv6, ipv6_unicast_hops, "IPPROTO_IPV6, IPV6_UNICAST_HOPS"},
    NamedOption{ipproto_ipv6, ipv6_multicast_hops, "IPPROTO_IPV6, IPV6_MULTICAST_HOPS"},
    NamedOption{ipproto_ipv6, ipv6_tclass, "IPPROTO_IPV6, IPV6_TCLASS"},
};

struct NamedHow {
  ShutdownHow how;
  const char* text;
};
inline constexpr std::array kHows = {
    NamedHow{shut_rd, "SHUT_RD"},
    NamedHow{shut_wr, "SHUT_WR"},
    NamedHow{shut_rdwr, "SHUT_RDWR"},
};

// "s2.connect(s1.getsockname())".
std::string to_string(const Operation& operation);

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_OPERATION_H_
