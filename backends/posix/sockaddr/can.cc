// AF_CAN: Linux, Documentation/networking/can.rst, iso15765-2.rst, j1939.rst.
#include "backends/posix/sockaddr/families.h"
#include "backends/posix/sockaddr/interface_index.h"

#ifdef AF_CAN
#include <linux/can.h>
#include <linux/can/isotp.h>

namespace everysock::posix {
namespace {

// Older kernels give the whole structure, newer ones what the protocol uses of it.
constexpr std::size_t kLeast = offsetof(sockaddr_can, can_addr);

sockaddr_can* emplace_can(NativeAddress& native, int fd, const InterfaceText& ifname) noexcept {
  auto& can = emplace<sockaddr_can>(native, AF_CAN);
  const auto index = interface_index(fd, ifname);
  if (!index) return nullptr;
  can.can_ifindex = *index;
  return &can;
}

// Linux tells the protocol (SO_PROTOCOL) of CAN_J1939 sockets alone; of the others these alone have such an option.
bool is_isotp(int fd) noexcept {
  can_isotp_options options;
  socklen_t size = sizeof(options);
  return ::getsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options, &size) == 0;
}

}  // namespace

Errc encode(const CanAddress& address, NativeAddress& native, int fd) noexcept {
  return emplace_can(native, fd, address.ifname) != nullptr ? Errc::ok : Errc::enodev;
}

Errc encode(const CanIsotpAddress& address, NativeAddress& native, int fd) noexcept {
  sockaddr_can* const can = emplace_can(native, fd, address.ifname);
  if (can == nullptr) return Errc::enodev;
  can->can_addr.tp.rx_id = address.rx_addr;
  can->can_addr.tp.tx_id = address.tx_addr;
  return Errc::ok;
}

Errc encode(const CanJ1939Address& address, NativeAddress& native, int fd) noexcept {
  sockaddr_can* const can = emplace_can(native, fd, address.ifname);
  if (can == nullptr) return Errc::enodev;
  can->can_addr.j1939.name = address.name;
  can->can_addr.j1939.pgn = address.pgn;
  can->can_addr.j1939.addr = address.addr;
  return Errc::ok;
}

Address decode_can(const NativeAddress& native, int fd, Protocol protocol) {
  const auto can = view<sockaddr_can>(native, kLeast);
  if (!can) return opaque(native);
  const InterfaceText ifname = interface_name(fd, can->can_ifindex);
  if (protocol == can_isotp || (protocol == Protocol() && is_isotp(fd))) {
    return CanIsotpAddress{ifname, can->can_addr.tp.rx_id, can->can_addr.tp.tx_id};
  }
  if (protocol == can_j1939) {
    return CanJ1939Address{ifname, can->can_addr.j1939.name, can->can_addr.j1939.pgn, can->can_addr.j1939.addr};
  }
  return CanAddress{ifname};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const CanAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }
Errc encode(const CanIsotpAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }
Errc encode(const CanJ1939Address&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
