#include "framework/probe.h"

#include <algorithm>
#include <array>

#include "everysock/socket.h"

namespace everysock::conformance {
namespace {

// An answer other than "no such address here" or "no such family here" is the backend's doing, not the host's.
bool can_bind(Backend& backend, AddressFamily family, const char* host) {
  Result<Socket> s = socket(family, sock_stream, {}, backend);
  if (!s) return !(s.error() == Errc::eafnosupport);
  const Result<void> bound = s->bind(InetAddress{host, 0});
  return bound.has_value() || !(bound.error() == Errc::eaddrnotavail);
}

// Whether such sockets can be had: an answer that says otherwise is the host's, or what it allows this program.
bool opens(Backend& backend, AddressFamily family, SocketKind kind, Protocol protocol = {}) {
  const Result<Socket> s = socket(family, kind, protocol, backend);
  if (s) return true;
  const Error error = s.error();
  return error != Errc::eafnosupport && error != Errc::esocktnosupport && error != Errc::eprotonosupport &&
         error != Errc::eperm && error != Errc::eacces;
}

bool binds(Backend& backend, AddressFamily family, SocketKind kind, Protocol protocol, const Address& address) {
  Result<Socket> s = socket(family, kind, protocol, backend);
  return s && s->bind(address);
}

// Asks with bind(): socket() of a proxied one does not wait for the other machine's answer.
bool knows_unix(Backend& backend) {
  Result<Socket> s = socket(af_unix, sock_stream, {}, backend);
  if (!s) return false;
  const Result<void> bound = s->bind(UnixAddress{});
  return bound || bound.error() != Errc::eafnosupport;
}

}  // namespace

std::uint32_t multicast_interface(Backend& backend) {
  const auto interfaces = if_nameindex(backend);
  Result<Socket> s = socket(af_inet6, sock_dgram, {}, backend);
  if (!interfaces || !s) return 0;
  for (const auto& interface : *interfaces) {
    if (s->sendto("", Inet6Address{local_group, 9, 0, interface.index})) return interface.index;
  }
  return 0;
}

Result<Socket> open_bluetooth_controller(Backend& backend, std::uint16_t number) {
  Result<Socket> s = socket(af_bluetooth, sock_raw, btproto_hci, backend);
  if (!s) return s;
  // The kernel's struct hci_ufilter: events alone, and of them Command Complete.
  std::string filter(16, '\0');
  filter[0] = 1 << 4;
  filter[5] = 1 << (0x0e - 8);
  if (const auto done = s->setsockopt(sol_hci, hci_filter, filter); !done) return Unexpected(done.error());
  if (const auto done = s->bind(HciAddress{number}); !done) return Unexpected(done.error());
  if (const auto done = s->settimeout(2.0); !done) return Unexpected(done.error());
  return s;
}

std::optional<BdAddr> bluetooth_controller(Backend& backend, std::uint16_t number) {
  Result<Socket> s = open_bluetooth_controller(backend, number);
  if (!s || !s->send(read_bluetooth_address)) return std::nullopt;
  while (const Result<std::string> event = s->recv(260)) {
    if (event->size() < 13 || event->substr(4, 2) != read_bluetooth_address.substr(1, 2)) continue;
    BdAddr::Octets octets;
    std::reverse_copy(event->begin() + 7, event->begin() + 13, octets.begin());
    return BdAddr(octets);
  }
  return std::nullopt;
}

std::uint32_t loopback_interface(Backend& backend) {
  const auto interfaces = if_nameindex(backend);
  if (!interfaces) return 0;
  for (const auto& interface : *interfaces) {
    if (interface.name.starts_with("lo")) return interface.index;
  }
  return 0;
}

namespace probe {
const Probe ipv6_loopback = {"ipv6_loopback", "the host has no ::1",
                             [](Backend& backend) { return can_bind(backend, af_inet6, "::1"); }};
const Probe ipv4_loopbacks = {"ipv4_loopbacks", "the host has no 127.0.0.2",
                              [](Backend& backend) { return can_bind(backend, af_inet, "127.0.0.2"); }};
const Probe dual_stack = {"dual_stack", "the host keeps IPv4 peers away from IPv6 sockets",
                          [](Backend& backend) { return has_dualstack_ipv6(backend); }};
const Probe localhost = {"localhost", "the host does not resolve \"localhost\"", [](Backend& backend) {
                           return getaddrinfo("localhost", 0, af_inet, sock_stream, {}, {}, backend).has_value();
                         }};
const Probe unix_sockets = {"unix_sockets", "the host has no AF_UNIX", [](Backend& backend) {
                              return knows_unix(backend) || socketpair(af_unix, sock_stream, {}, backend).has_value();
                            }};
const Probe ipv6_multicast = {"ipv6_multicast", "the host has no interface with a route to groups",
                              [](Backend& backend) { return multicast_interface(backend) != 0; }};
const Probe raw_sockets = {"raw_sockets", "the host gives this program no raw sockets",
                           [](Backend& backend) { return opens(backend, af_inet, sock_raw, ipproto_icmp); }};
const Probe udplite = {"udplite", "the host has no UDP-Lite",
                       [](Backend& backend) { return opens(backend, af_inet, sock_dgram, ipproto_udplite); }};
const Probe mptcp = {"mptcp", "the host has no Multipath TCP",
                     [](Backend& backend) { return opens(backend, af_inet, sock_stream, ipproto_mptcp); }};
const Probe netlink = {"netlink", "the host has no AF_NETLINK",
                       [](Backend& backend) { return opens(backend, af_netlink, sock_raw, netlink_route); }};
const Probe packet = {"packet", "the host gives this program no AF_PACKET sockets",
                      [](Backend& backend) { return opens(backend, af_packet, sock_dgram); }};
const Probe vsock = {"vsock", "the host has no AF_VSOCK",
                     [](Backend& backend) { return opens(backend, af_vsock, sock_stream); }};
const Probe vsock_loopback = {
    "vsock_loopback", "the host's AF_VSOCK has no loopback", [](Backend& backend) {
      return binds(backend, af_vsock, sock_stream, {}, VsockAddress{vmaddr_cid_local, vmaddr_port_any});
    }};
const Probe can_interface = {"can_interface", "the host has no CAN interface vcan0", [](Backend& backend) {
                               return binds(backend, af_can, sock_raw, can_raw, CanAddress{"vcan0"});
                             }};
const Probe can_interfaces = {"can_interfaces", "the host has no CAN interfaces vcan0 and vcan1", [](Backend& backend) {
                                return can_interface.present(backend) &&
                                       binds(backend, af_can, sock_raw, can_raw, CanAddress{"vcan1"});
                              }};
const Probe tipc = {"tipc", "the host has no AF_TIPC",
                    [](Backend& backend) { return opens(backend, af_tipc, sock_rdm); }};
const Probe alg = {"alg", "the host has no AF_ALG", [](Backend& backend) {
                     return binds(backend, af_alg, sock_seqpacket, {}, AlgAddress{"hash", "sha256"});
                   }};
const Probe bluetooth = {"bluetooth", "the host has no AF_BLUETOOTH",
                         [](Backend& backend) { return opens(backend, af_bluetooth, sock_seqpacket, btproto_l2cap); }};
const Probe bluetooth_controllers = {
    "bluetooth_controllers", "the host has no Bluetooth controllers hci0 and hci1 that are up", [](Backend& backend) {
      return bluetooth_controller(backend, 0).has_value() && bluetooth_controller(backend, 1).has_value();
    }};
const Probe qipcrtr = {"qipcrtr", "the host has no AF_QIPCRTR",
                       [](Backend& backend) { return opens(backend, af_qipcrtr, sock_dgram); }};
const Probe sctp = {"sctp", "the host has no SCTP",
                    [](Backend& backend) { return opens(backend, af_inet, sock_stream, ipproto_sctp); }};
const Probe rds = {"rds", "the host has no AF_RDS",
                   [](Backend& backend) { return opens(backend, af_rds, sock_seqpacket); }};
}  // namespace probe

std::span<const Probe* const> all_probes() {
  static constexpr std::array probes = {
      &probe::ipv6_loopback,
      &probe::ipv4_loopbacks,
      &probe::dual_stack,
      &probe::localhost,
      &probe::unix_sockets,
      &probe::ipv6_multicast,
      &probe::raw_sockets,
      &probe::udplite,
      &probe::mptcp,
      &probe::netlink,
      &probe::packet,
      &probe::vsock,
      &probe::vsock_loopback,
      &probe::can_interface,
      &probe::can_interfaces,
      &probe::tipc,
      &probe::alg,
      &probe::bluetooth,
      &probe::bluetooth_controllers,
      &probe::qipcrtr,
      &probe::rds,
      &probe::sctp,
  };
  return probes;
}

}  // namespace everysock::conformance
