// ip-socket-address as the canonical ABI lays it out (CanonicalABI.md, "flattening" and "storing";
// wasi:sockets/network).
#include "backends/wasi/socket_address.h"

#include <array>
#include <cstdint>
#include <vector>

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

namespace everysock::wasi {
namespace {

SocketAddress of(AddressFamily family, const Address& address) {
  return to_socket_address(Operation::connect, family, address).value();
}

TEST_CASE("IPv4: the case, the port, four bytes") {
  const SocketAddress address = of(af_inet, InetAddress{"192.0.2.33", 0x1234});
  CHECK(address.flat() == FlatAddress{0, 0x1234, 192, 0, 2, 33, 0, 0, 0, 0, 0, 0});

  std::array<std::uint8_t, kAddressSize> memory;
  memory.fill(0xee);
  address.store(memory.data());
  CHECK(std::vector(memory.begin(), memory.begin() + 10) ==
        std::vector<std::uint8_t>{0, 0, 0, 0, 0x34, 0x12, 192, 0, 2, 33});
  CHECK(SocketAddress::load(memory.data()).flat() == address.flat());
  CHECK(address.address() == Address(InetAddress{"192.0.2.33", 0x1234}));
}

TEST_CASE("IPv6: the case, the port, the flow, eight numbers, the scope") {
  const Address name = Inet6Address{"2001:db8::1:2", 80, 0x12345, 7};
  const SocketAddress address = of(af_inet6, name);
  CHECK(address.flat() == FlatAddress{1, 80, 0x12345, 0x2001, 0xdb8, 0, 0, 0, 0, 1, 2, 7});

  std::array<std::uint8_t, kAddressSize> memory;
  memory.fill(0xee);
  address.store(memory.data());
  CHECK(std::vector(memory.begin(), memory.begin() + 16) ==
        std::vector<std::uint8_t>{1, 0, 0, 0, 80, 0, 0, 0, 0x45, 0x23, 1, 0, 0x01, 0x20, 0xb8, 0x0d});
  CHECK(std::vector(memory.begin() + 24, memory.end()) == std::vector<std::uint8_t>{1, 0, 2, 0, 7, 0, 0, 0});
  CHECK(SocketAddress::load(memory.data()).flat() == address.flat());
  CHECK(address.address() == name);
}

TEST_CASE("an address of another family is refused") {
  CHECK(to_socket_address(Operation::bind, af_inet, Inet6Address{"::1", 1}).error() == Errc::eafnosupport);
  CHECK(to_socket_address(Operation::bind, af_inet6, InetAddress{"127.0.0.1", 1}).error() == Errc::eafnosupport);
  CHECK(to_socket_address(Operation::bind, af_inet6, Inet6Address{"127.0.0.1", 1}).error() == Errc::eafnosupport);
  CHECK(to_socket_address(Operation::bind, af_inet, UnixAddress{"/x"}).error() == Errc::eafnosupport);
}

TEST_CASE("kinds of addresses") {
  CHECK(of(af_inet, InetAddress{"0.0.0.0", 1}).is_wildcard());
  CHECK(of(af_inet6, Inet6Address{"::", 1}).is_wildcard());
  CHECK_FALSE(of(af_inet6, Inet6Address{"::1", 1}).is_wildcard());
  CHECK(of(af_inet, InetAddress{"255.255.255.255", 1}).is_broadcast());
  CHECK_FALSE(of(af_inet, InetAddress{"255.255.255.254", 1}).is_broadcast());
  CHECK(of(af_inet6, Inet6Address{"::ffff:192.0.2.1", 1}).is_mapped());
  CHECK_FALSE(of(af_inet6, Inet6Address{"::fffe:192.0.2.1", 1}).is_mapped());
  SocketAddress any = SocketAddress::wildcard(true);
  any.become_loopback();
  CHECK(any.address() == Address(Inet6Address{"::1", 0}));
}

}  // namespace
}  // namespace everysock::wasi
