// From the address a program gives to the numeric one that a backend takes.
#ifndef EVERYSOCK_CORE_RESOLVE_H_
#define EVERYSOCK_CORE_RESOLVE_H_

#include "everysock/backend.h"

namespace everysock::internal {

inline constexpr std::int32_t kMaxPort = 65535;
inline constexpr std::uint32_t kMaxFlowinfo = 0xfffff;

// Checks that `address` fits sockets of `family` and `protocol` and looks its host up where it is a name. Returns
// `address` itself where nothing had to change, otherwise `storage`.
Result<const Address*> resolve(Operation operation, Backend& backend, AddressFamily family, Protocol protocol,
                               const Address& address, Address& storage);

// Whether resolve() would give back `address`, decided without it for most addresses of the Internet families.
inline bool is_resolved(AddressFamily family, const Address& address) noexcept {
  const auto is_port = [](std::int32_t port) { return port >= 0 && port <= kMaxPort; };
  if (const auto* inet = std::get_if<InetAddress>(&address)) {
    return family == af_inet && inet->host.is_ipv4() && is_port(inet->port);
  }
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) {
    return family == af_inet6 && inet6->host.is_ipv6() && is_port(inet6->port) && inet6->flowinfo <= kMaxFlowinfo;
  }
  return false;
}

// What `then` makes of the resolved address, or the reason why there is none. The usual case copies nothing, and does
// not even make room for a copy.
template <typename Then>
auto with_resolved(Operation operation, Backend& backend, AddressFamily family, Protocol protocol,
                   const Address& address, Then then) -> decltype(then(address)) {
  if (is_resolved(family, address)) return then(address);
  Address storage;
  const auto resolved = resolve(operation, backend, family, protocol, address, storage);
  if (!resolved) return Unexpected(resolved.error());
  return then(**resolved);
}

// The first address of `host`, in ASCII, with port 0: an InetAddress for af_inet, an Inet6Address for af_inet6, either
// for af_unspec. "<broadcast>" is an IPv4 address; "" is the wildcard of a family. Errors: gai.
Result<Address> resolve_host(Operation operation, Backend& backend, AddressFamily family, const Host& host);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_RESOLVE_H_
