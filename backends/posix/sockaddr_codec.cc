#include "backends/posix/sockaddr_codec.h"

#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "platform/posix/constant_tables.h"

namespace everysock::posix {
namespace {

constexpr std::size_t kFamilyEnd = offsetof(sockaddr, sa_family) + sizeof(sockaddr::sa_family);
constexpr std::size_t kPathOffset = offsetof(sockaddr_un, sun_path);

// In brackets: netinet/in.h makes macros of these when it optimises, and functions that everysock's own hide when not.
std::uint16_t swap_port(std::int32_t port) noexcept { return (::htons)(static_cast<std::uint16_t>(port)); }

template <typename Sockaddr>
Sockaddr& as(NativeAddress& native, sa_family_t family) noexcept {
  std::memset(&native.storage, 0, sizeof(Sockaddr));
  native.storage.ss_family = family;
  native.size = sizeof(Sockaddr);
  return *reinterpret_cast<Sockaddr*>(&native.storage);
}

bool encode(std::monostate, NativeAddress& native) noexcept {
  as<sockaddr>(native, AF_UNSPEC);
  return true;
}

bool encode(const InetAddress& address, NativeAddress& native) noexcept {
  auto& inet = as<sockaddr_in>(native, AF_INET);
  if (!address.host.is_ipv4()) return false;
  inet.sin_port = swap_port(address.port);
  std::memcpy(&inet.sin_addr, address.host.bytes().data(), sizeof(inet.sin_addr));
  return true;
}

bool encode(const Inet6Address& address, NativeAddress& native) noexcept {
  auto& inet6 = as<sockaddr_in6>(native, AF_INET6);
  if (!address.host.is_ipv6()) return false;
  inet6.sin6_port = swap_port(address.port);
  inet6.sin6_flowinfo = (::htonl)(address.flowinfo);
  inet6.sin6_scope_id = address.scope_id;
  std::memcpy(&inet6.sin6_addr, address.host.bytes().data(), sizeof(inet6.sin6_addr));
  return true;
}

bool encode(const UnixAddress& address, NativeAddress& native) noexcept {
  auto& local = as<sockaddr_un>(native, AF_UNIX);
  const std::string_view path = address.path.view();
  if (address.path.too_long() || path.size() > sizeof(local.sun_path)) return false;
  std::memcpy(local.sun_path, path.data(), path.size());
  // Names are delimited by their length; paths carry the NUL as well, which unix(7) advises.
  const bool terminated = !address.is_unnamed() && !address.is_abstract() && path.size() < sizeof(local.sun_path);
  native.size = static_cast<socklen_t>(kPathOffset + path.size() + (terminated ? 1 : 0));
  return true;
}

bool encode(const OpaqueAddress& address, NativeAddress& native) noexcept {
  const auto family = platform::native_family(address.family);
  const std::string_view data = address.data.view();
  if (!family || address.data.too_long() || kFamilyEnd + data.size() > sizeof(native.storage)) return false;
  native.storage.ss_family = static_cast<sa_family_t>(*family);
  std::memcpy(reinterpret_cast<char*>(&native.storage) + kFamilyEnd, data.data(), data.size());
  native.size = static_cast<socklen_t>(kFamilyEnd + data.size());
  return true;
}

UnixAddress decode_unix(const NativeAddress& native) {
  if (native.size <= kPathOffset) return {};
  const char* path = reinterpret_cast<const sockaddr_un*>(&native.storage)->sun_path;
  std::size_t size = native.size - kPathOffset;
  // An abstract name is as long as it is; a path ends at its first NUL.
  if (path[0] != '\0') size = static_cast<std::size_t>(std::find(path, path + size, '\0') - path);
#ifndef __linux__
  if (path[0] == '\0') size = 0;
#endif
  return UnixAddress{std::string_view(path, size)};
}

}  // namespace

Result<NativeAddress> to_native(Operation operation, const Address& address) noexcept {
  Result<NativeAddress> native{NativeAddress{}};
  const bool good = std::visit([&](const auto& form) { return encode(form, *native); }, address);
  if (!good) return fail(operation, Errc::einval);
  return native;
}

Address from_native(const NativeAddress& native) {
  if (native.size < kFamilyEnd) return std::monostate();
  switch (native.storage.ss_family) {
    case AF_INET: {
      const auto& inet = reinterpret_cast<const sockaddr_in&>(native.storage);
      std::array<std::uint8_t, 4> bytes;
      std::memcpy(bytes.data(), &inet.sin_addr, bytes.size());
      return InetAddress{Host::ipv4(bytes), (::ntohs)(inet.sin_port)};
    }
    case AF_INET6: {
      const auto& inet6 = reinterpret_cast<const sockaddr_in6&>(native.storage);
      std::array<std::uint8_t, 16> bytes;
      std::memcpy(bytes.data(), &inet6.sin6_addr, bytes.size());
      return Inet6Address{Host::ipv6(bytes), (::ntohs)(inet6.sin6_port), (::ntohl)(inet6.sin6_flowinfo),
                          inet6.sin6_scope_id};
    }
    case AF_UNIX:
      return decode_unix(native);
    default: {
      const char* bytes = reinterpret_cast<const char*>(&native.storage);
      const std::size_t size = std::min<std::size_t>(native.size, sizeof(native.storage));
      return OpaqueAddress{platform::portable_family(native.storage.ss_family),
                           std::string_view(bytes + kFamilyEnd, size - kFamilyEnd)};
    }
  }
}

}  // namespace everysock::posix
