#include "backends/winsock/socket_address.h"

#include <doctest/doctest.h>

#include <cstring>
#include <string>

namespace everysock::winsock {
namespace {

std::string bytes_of(const NativeAddress& native) {
  return {reinterpret_cast<const char*>(&native.storage), static_cast<std::size_t>(native.size)};
}

TEST_CASE("every form survives the way there and back") {
  for (const Address& address : {
           Address(InetAddress{"1.2.3.4", 65535}),
           Address(Inet6Address{"fe80::1", 1, 0xabcde, 7}),
           Address(UnixAddress{}),
           Address(UnixAddress{"C:/some.sock"}),
           Address(UnixAddress{std::string(107, 'p')}),
           Address(HypervAddress{hv_guid_loopback, "00000ac9-facb-11e6-bd58-64006a7986d3"}),
           Address(HypervAddress{}),
           Address(RfcommAddress{"12:23:34:45:56:67", 30}),
           Address(OpaqueAddress{AddressFamily::native(25), "\x01\x02"}),
       }) {
    CAPTURE(to_string(address));
    const auto native = to_native(Operation::bind, address);
    REQUIRE(native);
    CHECK(from_native(*native) == address);
  }
}

TEST_CASE("a GUID has its numbers little-endian") {
  const auto native = to_native(Operation::bind, HypervAddress{"00112233-4455-6677-8899-aabbccddeeff", {}});
  REQUIRE(native);
  CHECK(bytes_of(*native).substr(0, 20) ==
        std::string("\x22\0\0\0\x33\x22\x11\0\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff", 20));
}

TEST_CASE("a Bluetooth address is a number") {
  const auto native = to_native(Operation::bind, RfcommAddress{"01:02:03:04:05:06", 7});
  REQUIRE(native);
  CHECK(native->size == 30);
  CHECK(bytes_of(*native).substr(0, 10) == std::string("\x20\0\x06\x05\x04\x03\x02\x01\0\0", 10));
}

TEST_CASE("what Windows has no form for is refused") {
  CHECK(to_native(Operation::bind, CanAddress{"vcan0"}).error() == Errc::eafnosupport);
  CHECK(to_native(Operation::bind, L2capAddress{}).error() == Errc::eafnosupport);
  CHECK(to_native(Operation::bind, UnixAddress{std::string(108, 'p')}).error() == Errc::einval);
  CHECK(to_native(Operation::bind, InetAddress{"::1", 1}).error() == Errc::einval);
}

TEST_CASE("short addresses are read as far as they go") {
  NativeAddress native;
  std::memset(&native.storage, 0xff, sizeof(native.storage));
  native.size = 0;
  CHECK(from_native(native) == Address());
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_HYPERV, AF_BTH, 77}) {
    native.storage.ss_family = static_cast<ADDRESS_FAMILY>(family);
    for (native.size = 2; native.size < 40; ++native.size) {
      CHECK_FALSE(std::holds_alternative<std::monostate>(from_native(native)));
    }
  }
}

TEST_CASE("an unbound socket is at its family's zero address") {
  CHECK(unbound_address(AF_INET) == Address(InetAddress{"0.0.0.0", 0}));
  CHECK(unbound_address(AF_INET6) == Address(Inet6Address{"::", 0}));
  CHECK(unbound_address(AF_UNIX) == Address(UnixAddress{}));
}

}  // namespace
}  // namespace everysock::winsock
