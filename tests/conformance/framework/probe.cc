#include "framework/probe.h"

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

}  // namespace

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
}  // namespace probe

std::span<const Probe* const> all_probes() {
  static constexpr std::array<const Probe*, 4> probes = {&probe::ipv6_loopback, &probe::ipv4_loopbacks,
                                                         &probe::dual_stack, &probe::localhost};
  return probes;
}

}  // namespace everysock::conformance
