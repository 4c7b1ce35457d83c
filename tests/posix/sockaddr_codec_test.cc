#include "backends/posix/sockaddr_codec.h"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>
#include <string>

namespace everysock::posix {
namespace {

Address round_trip(const Address& address) {
  const auto native = to_native(Operation::bind, address);
  REQUIRE(native);
  return from_native(*native);
}

TEST_CASE("every form survives the way there and back") {
  for (const Address& address : {
           Address(InetAddress{"1.2.3.4", 65535}),
           Address(Inet6Address{"fe80::1", 1, 0xabcde, 7}),
           Address(UnixAddress{}),
           Address(UnixAddress{"/run/some.sock"}),
           Address(UnixAddress{std::string(107, 'p')}),
           Address(UnixAddress{std::string(108, 'p')}),
           Address(UnixAddress{std::string("\0a\0b", 4)}),
           Address(UnixAddress{std::string(108, '\0')}),
           Address(OpaqueAddress{AddressFamily::native(250), "\x01\x02"}),
       }) {
    CAPTURE(to_string(address));
    CHECK(round_trip(address) == address);
  }
}

TEST_CASE("the layout is the system's") {
  const auto inet = to_native(Operation::bind, InetAddress{"1.2.3.4", 0x1234});
  REQUIRE(inet);
  CHECK(inet->size == sizeof(sockaddr_in));
  const auto& native = reinterpret_cast<const sockaddr_in&>(inet->storage);
  CHECK(native.sin_family == AF_INET);
  CHECK(native.sin_port == (::htons)(0x1234));
  CHECK(native.sin_addr.s_addr == (::htonl)(0x01020304));
  const auto inet6 = to_native(Operation::bind, Inet6Address{"::1", 1, 0x12345, 2});
  REQUIRE(inet6);
  CHECK(reinterpret_cast<const sockaddr_in6&>(inet6->storage).sin6_flowinfo == (::htonl)(0x12345));
  CHECK(to_native(Operation::bind, UnixAddress{"/x"})->size == offsetof(sockaddr_un, sun_path) + 3);
  CHECK(to_native(Operation::bind, UnixAddress{std::string("\0x", 2)})->size == offsetof(sockaddr_un, sun_path) + 2);
  CHECK(to_native(Operation::connect, Address())->storage.ss_family == AF_UNSPEC);
}

TEST_CASE("what is not numeric or does not fit is refused") {
  CHECK(to_native(Operation::bind, InetAddress{"name", 1}).error() == Errc::einval);
  CHECK(to_native(Operation::bind, InetAddress{"::1", 1}).error() == Errc::einval);
  CHECK(to_native(Operation::bind, Inet6Address{"1.2.3.4", 1}).error() == Errc::einval);
  CHECK(to_native(Operation::bind, UnixAddress{std::string(109, 'p')}).error() == Errc::einval);
  CHECK(to_native(Operation::bind, OpaqueAddress{AddressFamily(9999), "x"}).error() == Errc::einval);
}

TEST_CASE("names the system gives") {
  NativeAddress native;
  native.size = 0;
  CHECK(from_native(native) == Address());
  std::memset(&native.storage, 0, sizeof(native.storage));
  native.storage.ss_family = AF_UNIX;
  native.size = offsetof(sockaddr_un, sun_path);
  CHECK(from_native(native) == Address(UnixAddress{}));
  std::memcpy(reinterpret_cast<sockaddr_un&>(native.storage).sun_path, "/a", 2);
  native.size = sizeof(sockaddr_un);
  CHECK(from_native(native) == Address(UnixAddress{"/a"}));
}

}  // namespace
}  // namespace everysock::posix
