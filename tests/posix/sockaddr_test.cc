#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <utility>

#include "backends/posix/sockaddr/codec.h"

namespace everysock::posix {
namespace {

Address round_trip(const Address& address) {
  const auto native = to_native(Operation::bind, address, -1);
  REQUIRE(native);
  return from_native(*native, -1);
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

// With a socket that knows the interfaces, and the protocol of the form.
Address round_trip(const Address& address, Protocol protocol) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  const auto native = to_native(Operation::bind, address, fd);
  const Address back = native ? from_native(*native, fd, protocol) : Address();
  ::close(fd);
  REQUIRE_MESSAGE(native, (native ? "" : native.error().message()));
  return back;
}

TEST_CASE("forms of Linux's families survive the way there and back") {
  const std::pair<Address, Protocol> forms[] = {
      {CanAddress{"lo"}, can_raw},
      {CanAddress{}, can_bcm},
      {CanIsotpAddress{"lo", 0x123, can_eff_flag | 0x12345678}, can_isotp},
      {CanJ1939Address{"lo", 0xfedcba9876543210, 0x3ffff, 0x20}, can_j1939},
      {CanJ1939Address{}, can_j1939},
      {NetlinkAddress{4000000000u, 0x80000001}, {}},
      {TipcAddress{tipc_addr_name, 18888, 17, 17, tipc_node_scope}, {}},
      {TipcAddress{tipc_addr_nameseq, 18888, 1, 4000000000u, tipc_zone_scope}, {}},
      {TipcAddress{tipc_addr_id, 1, 2, 0}, {}},
      {VsockAddress{}, {}},
      {VsockAddress{2, 1024}, {}},
      {PacketAddress{"lo", eth_p_all, packet_outgoing, 772, std::string("\0\1\2\3\4\5\6\7", 8)}, {}},
      {PacketAddress{"", 0xffff}, {}},
      {AlgAddress{"skcipher", std::string(63, 'n'), 0xffffffff, 1}, {}},
      {AlgAddress{"thirteenbytes", "", 0, 0}, {}},
      {L2capAddress{"12:34:56:78:9A:BC", 0x1001, 0x40, bdaddr_le_random}, btproto_l2cap},
      {RfcommAddress{"12:34:56:78:9A:BC", 30}, btproto_rfcomm},
      {HciAddress{3, hci_channel_monitor}, btproto_hci},
      {HciAddress{}, btproto_hci},
      {ScoAddress{"FF:00:00:00:00:01"}, btproto_sco},
      {QipcrtrAddress{1, 0xfffffffe}, {}},
  };
  for (const auto& [address, protocol] : forms) {
    CAPTURE(to_string(address));
    CHECK(round_trip(address, protocol) == address);
    CHECK(family_of(round_trip(address, protocol)) == family_of(address));
  }
}

TEST_CASE("the layout of Linux's families is the kernel's") {
  const auto bytes = [](const Address& address) {
    const auto native = to_native(Operation::bind, address, -1);
    REQUIRE(native);
    return std::string(reinterpret_cast<const char*>(&native->storage), native->size);
  };
  // include/net/bluetooth: numbers and device addresses are little-endian.
  CHECK(bytes(L2capAddress{"01:02:03:04:05:06", 0x0a0b, 0x0c0d, 2}) ==
        std::string("\x1f\0\x0b\x0a\x06\x05\x04\x03\x02\x01\x0d\x0c\x02\0", 14));
  CHECK(bytes(RfcommAddress{"01:02:03:04:05:06", 9}) == std::string("\x1f\0\6\5\4\3\2\1\x09\0", 10));
  CHECK(bytes(HciAddress{1, 3}) == std::string("\x1f\0\1\0\3\0", 6));
  CHECK(bytes(ScoAddress{"01:02:03:04:05:06"}) == std::string("\x1f\0\6\5\4\3\2\1", 8));
  // packet(7): the protocol is in network order.
  CHECK(bytes(PacketAddress{"", ethertype_ip}).substr(0, 4) == std::string("\x11\0\x08\0", 4));
  CHECK(bytes(VsockAddress{2, 3}) == std::string("\x28\0\0\0\3\0\0\0\2\0\0\0\0\0\0\0", 16));
}

TEST_CASE("interfaces that are not there") {
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  CHECK(to_native(Operation::bind, CanAddress{"nosuch0"}, fd).error() == Errc::enodev);
  CHECK(to_native(Operation::bind, CanIsotpAddress{"nosuch0", 1, 2}, fd).error() == Errc::enodev);
  CHECK(to_native(Operation::bind, CanJ1939Address{"nosuch0"}, fd).error() == Errc::enodev);
  CHECK(to_native(Operation::bind, PacketAddress{"nosuch0", 1}, fd).error() == Errc::enodev);
  auto native = to_native(Operation::bind, PacketAddress{"", 1}, fd);
  reinterpret_cast<sockaddr_ll&>(native->storage).sll_ifindex = 1 << 30;
  CHECK(std::get<PacketAddress>(from_native(*native, fd)).ifname == "");
  ::close(fd);
}

TEST_CASE("forms this system lacks") {
  CHECK(to_native(Operation::bind, TipcAddress{TipcAddressType(9)}, -1).error() == Errc::einval);
  CHECK(to_native(Operation::bind, HypervAddress{}, -1).error() == Errc::eafnosupport);
  CHECK(to_native(Operation::bind, SystemControlAddress{"com.apple.net.utun_control"}, -1).error() ==
        Errc::eafnosupport);
  // Adapters go by number on Linux.
  CHECK(to_native(Operation::bind, HciAddress{.bdaddr = "01:02:03:04:05:06"}, -1).error() == Errc::einval);
}

TEST_CASE("what is too short for its family, or of a form that nobody knows, is opaque") {
  NativeAddress native;
  for (const int family :
       {AF_INET, AF_INET6, AF_CAN, AF_NETLINK, AF_TIPC, AF_VSOCK, AF_PACKET, AF_ALG, AF_BLUETOOTH, AF_QIPCRTR}) {
    std::memset(&native.storage, 0, sizeof(native.storage));
    native.storage.ss_family = static_cast<sa_family_t>(family);
    native.size = 5;
    CAPTURE(family);
    const Address address = from_native(native, -1, {});
    REQUIRE(std::holds_alternative<OpaqueAddress>(address));
    CHECK(std::get<OpaqueAddress>(address).data == std::string(3, '\0'));
  }
  native.storage.ss_family = AF_TIPC;
  native.size = 16;
  CHECK(std::holds_alternative<OpaqueAddress>(from_native(native, -1)));  // an address type of 0
  native.storage.ss_family = AF_BLUETOOTH;
  CHECK(std::holds_alternative<OpaqueAddress>(from_native(native, -1, Protocol(7))));
}

TEST_CASE("the protocol that tells the form is the socket's, where the caller does not know it") {
  const auto native = to_native(Operation::bind, L2capAddress{"12:34:56:78:9A:BC", 0x1001}, -1);
  REQUIRE(native);
  // Whose numbers are no matter here: IPPROTO_TCP is 6, which Bluetooth calls BTPROTO_CMTP and has no form for.
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(fd >= 0);
  CHECK(std::holds_alternative<OpaqueAddress>(from_native(*native, fd)));
  CHECK(std::holds_alternative<L2capAddress>(from_native(*native, fd, btproto_l2cap)));
  ::close(fd);
  // Of what is no socket the protocol counts as 0, which is BTPROTO_L2CAP.
  CHECK(std::holds_alternative<L2capAddress>(from_native(*native, -1)));
}

TEST_CASE("the layout is the system's") {
  const auto inet = to_native(Operation::bind, InetAddress{"1.2.3.4", 0x1234}, -1);
  REQUIRE(inet);
  CHECK(inet->size == sizeof(sockaddr_in));
  const auto& native = reinterpret_cast<const sockaddr_in&>(inet->storage);
  CHECK(native.sin_family == AF_INET);
  CHECK(native.sin_port == (::htons)(0x1234));
  CHECK(native.sin_addr.s_addr == (::htonl)(0x01020304));
  const auto inet6 = to_native(Operation::bind, Inet6Address{"::1", 1, 0x12345, 2}, -1);
  REQUIRE(inet6);
  CHECK(reinterpret_cast<const sockaddr_in6&>(inet6->storage).sin6_flowinfo == (::htonl)(0x12345));
  CHECK(to_native(Operation::bind, UnixAddress{"/x"}, -1)->size == offsetof(sockaddr_un, sun_path) + 3);
  CHECK(to_native(Operation::bind, UnixAddress{std::string("\0x", 2)}, -1)->size ==
        offsetof(sockaddr_un, sun_path) + 2);
  CHECK(to_native(Operation::connect, Address(), -1)->storage.ss_family == AF_UNSPEC);
}

TEST_CASE("what is not numeric or does not fit is refused") {
  CHECK(to_native(Operation::bind, InetAddress{"name", 1}, -1).error() == Errc::einval);
  CHECK(to_native(Operation::bind, InetAddress{"::1", 1}, -1).error() == Errc::einval);
  CHECK(to_native(Operation::bind, Inet6Address{"1.2.3.4", 1}, -1).error() == Errc::einval);
  CHECK(to_native(Operation::bind, UnixAddress{std::string(109, 'p')}, -1).error() == Errc::einval);
  CHECK(to_native(Operation::bind, OpaqueAddress{AddressFamily(9999), "x"}, -1).error() == Errc::einval);
}

TEST_CASE("names the system gives") {
  NativeAddress native;
  native.size = 0;
  CHECK(from_native(native, -1) == Address());
  std::memset(&native.storage, 0, sizeof(native.storage));
  native.storage.ss_family = AF_UNIX;
  native.size = offsetof(sockaddr_un, sun_path);
  CHECK(from_native(native, -1) == Address(UnixAddress{}));
  std::memcpy(reinterpret_cast<sockaddr_un&>(native.storage).sun_path, "/a", 2);
  native.size = sizeof(sockaddr_un);
  CHECK(from_native(native, -1) == Address(UnixAddress{"/a"}));
}

}  // namespace
}  // namespace everysock::posix
