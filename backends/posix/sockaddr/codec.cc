#include "backends/posix/sockaddr/codec.h"

#include <algorithm>

#include "backends/posix/sockaddr/families.h"
#include "platform/posix/constant_tables.h"

namespace everysock::posix {
namespace {

constexpr std::size_t kFamilyEnd = offsetof(sockaddr, sa_family) + sizeof(sockaddr::sa_family);

// No address: connect() takes the peer of a datagram socket away with it.
Errc encode(std::monostate, NativeAddress& native, int) noexcept {
  emplace<sockaddr>(native, AF_UNSPEC);
  return Errc::ok;
}

Errc encode(const HypervAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

Errc encode(const OpaqueAddress& address, NativeAddress& native, int) noexcept {
  const auto family = platform::native_family(address.family);
  const std::string_view data = address.data.view();
  if (!family || address.data.too_long() || kFamilyEnd + data.size() > sizeof(native.storage)) return Errc::einval;
  std::memset(&native.storage, 0, kFamilyEnd);
  native.storage.ss_family = static_cast<sa_family_t>(*family);
  std::memcpy(reinterpret_cast<char*>(&native.storage) + kFamilyEnd, data.data(), data.size());
  native.size = static_cast<socklen_t>(kFamilyEnd + data.size());
  return Errc::ok;
}

// SO_PROTOCOL, where that matters for the form of an address.
Protocol protocol_of(int fd) noexcept {
#ifdef SO_PROTOCOL
  int protocol = 0;
  socklen_t size = sizeof(protocol);
  if (::getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) == 0) {
    return Protocol(static_cast<std::uint32_t>(protocol));
  }
#endif
  return Protocol();
}

Address decode(const NativeAddress& native, [[maybe_unused]] int fd,
               [[maybe_unused]] std::optional<Protocol> protocol) {
  if (native.size < kFamilyEnd) return std::monostate();
  switch (native.storage.ss_family) {
    case AF_INET:
      return decode_inet(native);
    case AF_INET6:
      return decode_inet6(native);
    case AF_UNIX:
      return decode_unix(native);
#ifdef AF_CAN
    case AF_CAN:
      return decode_can(native, fd, protocol ? *protocol : protocol_of(fd));
#endif
#ifdef AF_NETLINK
    case AF_NETLINK:
      return decode_netlink(native);
#endif
#ifdef AF_TIPC
    case AF_TIPC:
      return decode_tipc(native);
#endif
#ifdef AF_VSOCK
    case AF_VSOCK:
      return decode_vsock(native);
#endif
#ifdef AF_PACKET
    case AF_PACKET:
      return decode_packet(native, fd);
#endif
#ifdef AF_ALG
    case AF_ALG:
      return decode_alg(native);
#endif
#ifdef __linux__
    case AF_BLUETOOTH:
      return decode_bluetooth(native, protocol ? *protocol : protocol_of(fd));
#endif
#ifdef AF_QIPCRTR
    case AF_QIPCRTR:
      return decode_qipcrtr(native);
#endif
#ifdef AF_SYSTEM
    case AF_SYSTEM:
      return decode_system(native);
#endif
    default:
      return opaque(native);
  }
}

}  // namespace

OpaqueAddress opaque(const NativeAddress& native) noexcept {
  const char* bytes = reinterpret_cast<const char*>(&native.storage);
  const std::size_t size = std::min<std::size_t>(native.size, sizeof(native.storage));
  return {platform::portable_family(native.storage.ss_family), std::string_view(bytes + kFamilyEnd, size - kFamilyEnd)};
}

Result<NativeAddress> to_native(Operation operation, const Address& address, int fd) noexcept {
  Result<NativeAddress> native{NativeAddress{}};
  const Errc code = std::visit([&](const auto& form) { return encode(form, *native, fd); }, address);
  // `native` is what is returned in any case, which spares its copy.
  if (code == Errc::enoent && std::holds_alternative<SystemControlAddress>(address)) {
    // A control of the kernel's that has no such name: the documentation gives no number.
    native = fail(operation, UsageErrc::system_control_name);
  } else if (code != Errc::ok) {
    native = fail(operation, code);
  }
  return native;
}

Address from_native(const NativeAddress& native, int fd) { return decode(native, fd, std::nullopt); }

Address from_native(const NativeAddress& native, int fd, Protocol protocol) { return decode(native, fd, protocol); }

}  // namespace everysock::posix
