#include "backends/winsock/socket_address.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

// hvsocket.h; MinGW-w64's own wants <initguid.h>, which defines every identifier of Windows.
struct SockaddrHyperv {
  ADDRESS_FAMILY family;
  USHORT reserved;
  GUID vm_id;
  GUID service_id;
};
static_assert(sizeof(SockaddrHyperv) == 36);

// ws2bth.h, for the same reason. A device address is the low 48 bits of a number.
#pragma pack(push, 1)
struct SockaddrBluetooth {
  USHORT family;
  ULONGLONG device;
  GUID service_class;
  ULONG port;
};
#pragma pack(pop)
static_assert(sizeof(SockaddrBluetooth) == 30);

constexpr std::size_t kFamilyEnd = sizeof(ADDRESS_FAMILY);

// The structure of one family within `native`, cleared.
template <typename Sockaddr>
Sockaddr& emplace(NativeAddress& native, int family) noexcept {
  static_assert(sizeof(Sockaddr) <= sizeof(sockaddr_storage));
  std::memset(&native.storage, 0, sizeof(Sockaddr));
  native.storage.ss_family = static_cast<ADDRESS_FAMILY>(family);
  native.size = sizeof(Sockaddr);
  return *reinterpret_cast<Sockaddr*>(&native.storage);
}

// The first three fields of a GUID are numbers, little-endian here; written down they are not.
GUID guid_of(const Uuid& uuid) noexcept {
  Uuid::Octets octets = uuid.octets();
  std::reverse(octets.begin(), octets.begin() + 4);
  std::reverse(octets.begin() + 4, octets.begin() + 6);
  std::reverse(octets.begin() + 6, octets.begin() + 8);
  GUID guid;
  std::memcpy(&guid, octets.data(), sizeof(guid));
  return guid;
}

Uuid uuid_of(const GUID& guid) noexcept {
  Uuid::Octets octets;
  std::memcpy(octets.data(), &guid, sizeof(guid));
  std::reverse(octets.begin(), octets.begin() + 4);
  std::reverse(octets.begin() + 4, octets.begin() + 6);
  std::reverse(octets.begin() + 6, octets.begin() + 8);
  return Uuid(octets);
}

Errc encode(std::monostate, NativeAddress& native) noexcept {
  emplace<sockaddr>(native, AF_UNSPEC);
  return Errc::ok;
}

Errc encode(const InetAddress& address, NativeAddress& native) noexcept {
  auto& inet = emplace<sockaddr_in>(native, AF_INET);
  if (!address.host.is_ipv4()) return Errc::einval;
  inet.sin_port = (::htons)(static_cast<std::uint16_t>(address.port));
  std::memcpy(&inet.sin_addr, address.host.bytes().data(), sizeof(inet.sin_addr));
  return Errc::ok;
}

Errc encode(const Inet6Address& address, NativeAddress& native) noexcept {
  auto& inet6 = emplace<sockaddr_in6>(native, AF_INET6);
  if (!address.host.is_ipv6()) return Errc::einval;
  inet6.sin6_port = (::htons)(static_cast<std::uint16_t>(address.port));
  inet6.sin6_flowinfo = (::htonl)(address.flowinfo);
  inet6.sin6_scope_id = address.scope_id;
  std::memcpy(&inet6.sin6_addr, address.host.bytes().data(), sizeof(inet6.sin6_addr));
  return Errc::ok;
}

Errc encode(const UnixAddress& address, NativeAddress& native) noexcept {
  auto& local = emplace<sockaddr_un>(native, AF_UNIX);
  const std::string_view path = address.path.view();
  // The whole structure goes to Windows, so a path needs its NUL.
  if (address.path.too_long() || path.size() >= sizeof(local.sun_path)) return Errc::einval;
  std::memcpy(local.sun_path, path.data(), path.size());
  return Errc::ok;
}

Errc encode(const HypervAddress& address, NativeAddress& native) noexcept {
  auto& hyperv = emplace<SockaddrHyperv>(native, AF_HYPERV);
  hyperv.vm_id = guid_of(address.vm_id);
  hyperv.service_id = guid_of(address.service_id);
  return Errc::ok;
}

Errc encode(const RfcommAddress& address, NativeAddress& native) noexcept {
  auto& rfcomm = emplace<SockaddrBluetooth>(native, AF_BTH);
  ULONGLONG device = 0;
  for (const std::uint8_t octet : address.bdaddr.octets()) device = device << 8 | octet;
  rfcomm.device = device;
  rfcomm.port = address.channel;
  return Errc::ok;
}

Errc encode(const OpaqueAddress& address, NativeAddress& native) noexcept {
  const auto family = platform::native_family(address.family);
  const std::string_view data = address.data.view();
  if (!family || address.data.too_long() || kFamilyEnd + data.size() > sizeof(native.storage)) return Errc::einval;
  native.storage.ss_family = static_cast<ADDRESS_FAMILY>(*family);
  std::memcpy(reinterpret_cast<char*>(&native.storage) + kFamilyEnd, data.data(), data.size());
  native.size = static_cast<int>(kFamilyEnd + data.size());
  return Errc::ok;
}

// The other families are other systems'.
template <typename Form>
Errc encode(const Form&, NativeAddress&) noexcept {
  return Errc::eafnosupport;
}

// What came, zeros where it is shorter than its form.
template <typename Sockaddr>
Sockaddr view(const NativeAddress& native) noexcept {
  Sockaddr copy;
  std::memset(&copy, 0, sizeof(copy));
  std::memcpy(&copy, &native.storage, std::min(static_cast<std::size_t>(native.size), sizeof(copy)));
  return copy;
}

Address decode_inet(const NativeAddress& native) {
  const auto inet = view<sockaddr_in>(native);
  std::array<std::uint8_t, 4> bytes;
  std::memcpy(bytes.data(), &inet.sin_addr, bytes.size());
  return InetAddress{Host::ipv4(bytes), (::ntohs)(inet.sin_port)};
}

Address decode_inet6(const NativeAddress& native) {
  const auto inet6 = view<sockaddr_in6>(native);
  std::array<std::uint8_t, 16> bytes;
  std::memcpy(bytes.data(), &inet6.sin6_addr, bytes.size());
  return Inet6Address{Host::ipv6(bytes), (::ntohs)(inet6.sin6_port), (::ntohl)(inet6.sin6_flowinfo),
                      inet6.sin6_scope_id};
}

Address decode_unix(const NativeAddress& native) {
  const auto local = view<sockaddr_un>(native);
  const char* const end = std::find(std::begin(local.sun_path), std::end(local.sun_path), '\0');
  return UnixAddress{std::string_view(local.sun_path, static_cast<std::size_t>(end - local.sun_path))};
}

Address decode_hyperv(const NativeAddress& native) {
  const auto hyperv = view<SockaddrHyperv>(native);
  return HypervAddress{uuid_of(hyperv.vm_id), uuid_of(hyperv.service_id)};
}

Address decode_bluetooth(const NativeAddress& native) {
  const auto rfcomm = view<SockaddrBluetooth>(native);
  BdAddr::Octets octets;
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::uint8_t>(rfcomm.device >> (40 - 8 * i));
  return RfcommAddress{BdAddr(octets), static_cast<std::uint8_t>(rfcomm.port)};
}

OpaqueAddress opaque(const NativeAddress& native) noexcept {
  const char* bytes = reinterpret_cast<const char*>(&native.storage);
  const auto size = std::min(static_cast<std::size_t>(native.size), sizeof(native.storage));
  return {platform::portable_family(native.storage.ss_family), std::string_view(bytes + kFamilyEnd, size - kFamilyEnd)};
}

}  // namespace

Result<NativeAddress> to_native(Operation operation, const Address& address) noexcept {
  Result<NativeAddress> native{NativeAddress{}};
  const Errc code = std::visit([&](const auto& form) { return encode(form, *native); }, address);
  if (code != Errc::ok) return fail(operation, code);
  return native;
}

Address from_native(const NativeAddress& native) {
  if (native.size < static_cast<int>(kFamilyEnd)) return std::monostate();
  switch (native.storage.ss_family) {
    case AF_UNSPEC:  // as streams have it, which leave the address as it was
      return std::monostate();
    case AF_INET:
      return decode_inet(native);
    case AF_INET6:
      return decode_inet6(native);
    case AF_UNIX:
      return decode_unix(native);
    case AF_HYPERV:
      return decode_hyperv(native);
    case AF_BTH:
      return decode_bluetooth(native);
    default:
      return opaque(native);
  }
}

Address unbound_address(int family) {
  NativeAddress native;
  std::memset(&native.storage, 0, sizeof(native.storage));
  native.storage.ss_family = static_cast<ADDRESS_FAMILY>(family);
  return from_native(native);
}

}  // namespace everysock::winsock
