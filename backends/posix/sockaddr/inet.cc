// AF_INET and AF_INET6: ip(7), ipv6(7).
#include <netinet/in.h>

#include <array>

#include "backends/posix/sockaddr/families.h"

namespace everysock::posix {
namespace {

// In brackets: netinet/in.h makes macros of these when it optimises, and functions that everysock's own hide when not.
std::uint16_t swap_port(std::int32_t port) noexcept { return (::htons)(static_cast<std::uint16_t>(port)); }

}  // namespace

Errc encode(const InetAddress& address, NativeAddress& native, int) noexcept {
  auto& inet = emplace<sockaddr_in>(native, AF_INET);
  if (!address.host.is_ipv4()) return Errc::einval;
  inet.sin_port = swap_port(address.port);
  std::memcpy(&inet.sin_addr, address.host.bytes().data(), sizeof(inet.sin_addr));
  return Errc::ok;
}

Errc encode(const Inet6Address& address, NativeAddress& native, int) noexcept {
  auto& inet6 = emplace<sockaddr_in6>(native, AF_INET6);
  if (!address.host.is_ipv6()) return Errc::einval;
  inet6.sin6_port = swap_port(address.port);
  inet6.sin6_flowinfo = (::htonl)(address.flowinfo);
  inet6.sin6_scope_id = address.scope_id;
  std::memcpy(&inet6.sin6_addr, address.host.bytes().data(), sizeof(inet6.sin6_addr));
  return Errc::ok;
}

Address decode_inet(const NativeAddress& native) {
  if (native.size < sizeof(sockaddr_in)) return opaque(native);
  const auto& inet = reinterpret_cast<const sockaddr_in&>(native.storage);
  std::array<std::uint8_t, 4> bytes;
  std::memcpy(bytes.data(), &inet.sin_addr, bytes.size());
  return InetAddress{Host::ipv4(bytes), (::ntohs)(inet.sin_port)};
}

Address decode_inet6(const NativeAddress& native) {
  if (native.size < sizeof(sockaddr_in6)) return opaque(native);
  const auto& inet6 = reinterpret_cast<const sockaddr_in6&>(native.storage);
  std::array<std::uint8_t, 16> bytes;
  std::memcpy(bytes.data(), &inet6.sin6_addr, bytes.size());
  return Inet6Address{Host::ipv6(bytes), (::ntohs)(inet6.sin6_port), (::ntohl)(inet6.sin6_flowinfo),
                      inet6.sin6_scope_id};
}

}  // namespace everysock::posix
