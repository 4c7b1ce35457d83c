// wasi:sockets/network, ip-socket-address: how the host takes and gives it.
#ifndef EVERYSOCK_BACKENDS_WASI_SOCKET_ADDRESS_H_
#define EVERYSOCK_BACKENDS_WASI_SOCKET_ADDRESS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "everysock/address.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock::wasi {

// As parameters: the discriminant, then the fields of either form, padded with zeros.
using FlatAddress = std::array<std::int32_t, 12>;
constexpr std::size_t kAddressSize = 32;  // in memory

struct SocketAddress {
  bool v6 = false;
  std::uint16_t port = 0;
  std::uint32_t flowinfo = 0;
  std::uint32_t scope = 0;
  std::array<std::uint8_t, 16> bytes = {};  // in network order; 4 of them for IPv4

  static SocketAddress wildcard(bool v6) noexcept {
    SocketAddress address;
    address.v6 = v6;
    return address;
  }
  static SocketAddress load(const std::uint8_t* memory) noexcept;
  void store(std::uint8_t* memory) const noexcept;
  FlatAddress flat() const noexcept;

  bool is_wildcard() const noexcept;
  bool is_broadcast() const noexcept;
  bool is_mapped() const noexcept;  // ::ffff:a.b.c.d
  void become_loopback() noexcept;
  Address address() const noexcept;
  bool same_place(const SocketAddress& other) const noexcept {
    return bytes == other.bytes && port == other.port && scope == other.scope;
  }
};

// EAFNOSUPPORT for an address that no socket of `family` has.
Result<SocketAddress> to_socket_address(Operation operation, AddressFamily family, const Address& address);

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_SOCKET_ADDRESS_H_
