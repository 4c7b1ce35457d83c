#include "src/resolve.h"

#include <algorithm>
#include <array>
#include <utility>

#include "src/check_form.h"
#include "src/host_name.h"

namespace everysock::internal {
namespace {

constexpr std::array<std::uint8_t, 4> kAnyIpv4{};
constexpr std::array<std::uint8_t, 4> kBroadcastIpv4{255, 255, 255, 255};
constexpr std::array<std::uint8_t, 16> kAnyIpv6{};

Unexpected wrong_form(Operation operation, AddressFamily family) {
  return fail(operation, UsageErrc::address_form, static_cast<std::int32_t>(family.value()));
}

// The first address that the resolver has for a host which is not a numeric one of `family`.
Result<Address> look_up(Operation operation, Backend& backend, AddressFamily family, const std::string& host) {
  AddressInfoQuery query;
  query.host = host;
  query.family = family;
  query.type = sock_dgram;  // any one kind: addresses are wanted once each
  auto found = backend.resolver().getaddrinfo(query);
  if (!found) return Unexpected(found.error().in(operation));
  Address first = std::move(found->front().address);
  const AddressFamily got = family_of(first);
  const bool fits = family == af_unspec ? got == af_inet || got == af_inet6 : got == family;
  if (!fits) return fail(operation, GaiErrc::family);
  return first;
}

Result<const Address*> resolve_inet(Operation operation, Backend& backend, AddressFamily family, const Address& address,
                                    Address& storage) {
  const auto* inet = std::get_if<InetAddress>(&address);
  if (inet == nullptr) return wrong_form(operation, family);
  if (inet->port < 0 || inet->port > kMaxPort) return fail(operation, UsageErrc::port_out_of_range, inet->port);
  if (inet->host.is_ipv4()) return &address;
  auto found = resolve_host(operation, backend, af_inet, inet->host);
  if (!found) return Unexpected(found.error());
  storage = InetAddress{std::move(std::get<InetAddress>(*found).host), inet->port};
  return &storage;
}

Result<const Address*> resolve_inet6(Operation operation, Backend& backend, const Address& address, Address& storage) {
  Inet6Address inet6;
  if (const auto* full = std::get_if<Inet6Address>(&address)) {
    inet6 = *full;
  } else if (const auto* brief = std::get_if<InetAddress>(&address)) {
    inet6 = {brief->host, brief->port};
  } else {
    return wrong_form(operation, af_inet6);
  }
  if (inet6.port < 0 || inet6.port > kMaxPort) return fail(operation, UsageErrc::port_out_of_range, inet6.port);
  if (inet6.flowinfo > kMaxFlowinfo) {
    return fail(operation, UsageErrc::flowinfo_out_of_range,
                static_cast<std::int32_t>(std::min<std::uint32_t>(inet6.flowinfo, INT32_MAX)));
  }
  if (inet6.host.name() == "<broadcast>") return wrong_form(operation, af_inet6);
  if (!inet6.host.is_ipv6()) {
    auto found = resolve_host(operation, backend, af_inet6, inet6.host);
    if (!found) return Unexpected(found.error());
    auto& numeric = std::get<Inet6Address>(*found);
    inet6.host = std::move(numeric.host);
    if (inet6.scope_id == 0) inet6.scope_id = numeric.scope_id;
  }
  storage = std::move(inet6);
  return &storage;
}

}  // namespace

Result<Address> resolve_host(Operation operation, Backend& backend, AddressFamily family, const Host& host) {
  if (host.is_ipv4() && family != af_inet6) return InetAddress{host, 0};
  if (host.is_ipv6() && family != af_inet) return Inet6Address{host, 0};
  if (host == Host() && family == af_inet) return InetAddress{Host::ipv4(kAnyIpv4), 0};
  if (host == Host() && family == af_inet6) return Inet6Address{Host::ipv6(kAnyIpv6), 0};
  if (host.name() == "<broadcast>" && family != af_inet6) return InetAddress{Host::ipv4(kBroadcastIpv4), 0};
  const auto name = to_host_name(operation, host.str());
  if (!name) return Unexpected(name.error());
  return look_up(operation, backend, family, *name);
}

Result<const Address*> resolve(Operation operation, Backend& backend, AddressFamily family, Protocol protocol,
                               const Address& address, Address& storage) {
  if (std::holds_alternative<std::monostate>(address)) {
    // connect() takes the peer of a datagram socket away with it; everything else needs an address.
    if (operation == Operation::connect) return &address;
    return fail(operation, UsageErrc::address_required);
  }
  if (const auto* opaque = std::get_if<OpaqueAddress>(&address)) {
    if (opaque->family != family) return wrong_form(operation, family);
    return &address;
  }
  if (family == af_inet || family == af_rds || family == af_divert) {
    return resolve_inet(operation, backend, family, address, storage);
  }
  if (family == af_inet6) return resolve_inet6(operation, backend, address, storage);
  if (const auto good = check_form(operation, family, protocol, address); !good) return Unexpected(good.error());
  return &address;
}

}  // namespace everysock::internal
