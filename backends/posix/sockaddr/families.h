// The pieces of codec.h, family by family. Where the system lacks a family, encode() says EAFNOSUPPORT and nobody
// decodes.
#ifndef EVERYSOCK_BACKENDS_POSIX_SOCKADDR_FAMILIES_H_
#define EVERYSOCK_BACKENDS_POSIX_SOCKADDR_FAMILIES_H_

#include <cstddef>
#include <cstring>
#include <optional>

#include "backends/posix/sockaddr/codec.h"

namespace everysock::posix {

// The structure of one family within `native`, cleared.
template <typename Sockaddr>
Sockaddr& emplace(NativeAddress& native, int family) noexcept {
  static_assert(sizeof(Sockaddr) <= sizeof(sockaddr_storage));
  std::memset(&native.storage, 0, sizeof(Sockaddr));
  native.storage.ss_family = static_cast<sa_family_t>(family);
  native.size = sizeof(Sockaddr);
  return *reinterpret_cast<Sockaddr*>(&native.storage);
}

// A copy of what the system gave, zeros where it gave less; nothing where that is less than `least` bytes.
template <typename Sockaddr>
std::optional<Sockaddr> view(const NativeAddress& native, std::size_t least) noexcept {
  static_assert(sizeof(Sockaddr) <= sizeof(sockaddr_storage));
  if (native.size < least) return std::nullopt;
  Sockaddr copy;
  std::memset(&copy, 0, sizeof(copy));
  std::memcpy(&copy, &native.storage, native.size < sizeof(copy) ? native.size : sizeof(copy));
  return copy;
}

// Each fills in all of `native`. Errc::ok, or why there is no such address here.
Errc encode(const InetAddress& address, NativeAddress& native, int fd) noexcept;           // inet.cc
Errc encode(const Inet6Address& address, NativeAddress& native, int fd) noexcept;          // inet.cc
Errc encode(const UnixAddress& address, NativeAddress& native, int fd) noexcept;           // unix.cc
Errc encode(const CanAddress& address, NativeAddress& native, int fd) noexcept;            // can.cc
Errc encode(const CanIsotpAddress& address, NativeAddress& native, int fd) noexcept;       // can.cc
Errc encode(const CanJ1939Address& address, NativeAddress& native, int fd) noexcept;       // can.cc
Errc encode(const NetlinkAddress& address, NativeAddress& native, int fd) noexcept;        // netlink.cc
Errc encode(const TipcAddress& address, NativeAddress& native, int fd) noexcept;           // tipc.cc
Errc encode(const VsockAddress& address, NativeAddress& native, int fd) noexcept;          // vsock.cc
Errc encode(const PacketAddress& address, NativeAddress& native, int fd) noexcept;         // packet.cc
Errc encode(const AlgAddress& address, NativeAddress& native, int fd) noexcept;            // alg.cc
Errc encode(const L2capAddress& address, NativeAddress& native, int fd) noexcept;          // bluetooth.cc
Errc encode(const RfcommAddress& address, NativeAddress& native, int fd) noexcept;         // bluetooth.cc
Errc encode(const HciAddress& address, NativeAddress& native, int fd) noexcept;            // bluetooth.cc
Errc encode(const ScoAddress& address, NativeAddress& native, int fd) noexcept;            // bluetooth.cc
Errc encode(const QipcrtrAddress& address, NativeAddress& native, int fd) noexcept;        // qipcrtr.cc
Errc encode(const SystemControlAddress& address, NativeAddress& native, int fd) noexcept;  // system.cc

// The bytes after the family, as they are.
OpaqueAddress opaque(const NativeAddress& native) noexcept;  // codec.cc

// Each decodes what begins with its family; opaque where that is no address of a documented form.
Address decode_inet(const NativeAddress& native);
Address decode_inet6(const NativeAddress& native);
Address decode_unix(const NativeAddress& native);
Address decode_can(const NativeAddress& native, int fd, Protocol protocol);
Address decode_netlink(const NativeAddress& native);
Address decode_tipc(const NativeAddress& native);
Address decode_vsock(const NativeAddress& native);
Address decode_packet(const NativeAddress& native, int fd);
Address decode_alg(const NativeAddress& native);
Address decode_bluetooth(const NativeAddress& native, Protocol protocol);
Address decode_qipcrtr(const NativeAddress& native);
Address decode_system(const NativeAddress& native);

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_SOCKADDR_FAMILIES_H_
