// Which address form a socket takes, and what each form refuses: family by family.
#include <doctest/doctest.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <variant>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// What bind() says, on a socket of that family and protocol.
Result<void> bind(AddressFamily family, Protocol protocol, const Address& address) {
  FakeBackend backend;
  Socket s = std::move(*socket(family, sock_dgram, protocol, backend));
  auto done = s.bind(address);
  CHECK(backend.calls["bind"] == (done ? 1 : 0));
  if (done) CHECK(backend.last_address == address);
  // The other calls that take an address check it the same way.
  const auto connected = s.connect(address);
  const auto sent = s.sendto("x", address);
  const auto sent_message = s.sendmsg({"x"}, {}, {}, &address);
  if (!done) {
    CHECK((!connected && connected.error() == done.error().in(Operation::connect)));
    CHECK((!sent && sent.error() == done.error().in(Operation::sendto)));
    CHECK((!sent_message && sent_message.error() == done.error().in(Operation::sendmsg)));
  }
  return done;
}

Error refused(AddressFamily family, Protocol protocol, const Address& address) {
  const auto done = bind(family, protocol, address);
  REQUIRE_FALSE(done);
  return done.error();
}

const std::string name15(15, 'i');
const std::string name16(16, 'i');
const std::string nul("a\0b", 3);

TEST_CASE("every family takes its own form") {
  CHECK(bind(af_can, can_raw, CanAddress{name15}));
  CHECK(bind(af_can, can_bcm, CanAddress{}));
  CHECK(bind(af_can, can_isotp, CanIsotpAddress{"vcan0", 1, 2}));
  CHECK(bind(af_can, can_j1939, CanJ1939Address{"vcan0"}));
  CHECK(bind(af_netlink, netlink_route, NetlinkAddress{}));
  CHECK(bind(af_tipc, {}, TipcAddress{tipc_addr_nameseq, 1, 2, 3}));
  CHECK(bind(af_vsock, {}, VsockAddress{}));
  CHECK(bind(af_packet, Protocol(3), PacketAddress{name15, 65535, packet_host, 0, "12345678"}));
  CHECK(bind(af_alg, {}, AlgAddress{std::string(13, 't'), std::string(63, 'n')}));
  CHECK(bind(af_bluetooth, btproto_l2cap, L2capAddress{bdaddr_any, 1}));
  CHECK(bind(af_bluetooth, btproto_rfcomm, RfcommAddress{bdaddr_any, 1}));
  CHECK(bind(af_bluetooth, btproto_hci, HciAddress{0}));
  CHECK(bind(af_bluetooth, btproto_sco, ScoAddress{"12:23:34:45:56:67"}));
  CHECK(bind(af_qipcrtr, {}, QipcrtrAddress{1, 2}));
  CHECK(bind(af_hyperv, hv_protocol_raw, HypervAddress{hv_guid_wildcard, hv_guid_parent}));
  CHECK(bind(af_system, sysproto_control, SystemControlAddress{std::string(95, 'c')}));
  CHECK(bind(af_rds, {}, InetAddress{"127.0.0.1", 4000}));
  CHECK(bind(af_divert, {}, InetAddress{"0.0.0.0", 4000}));
}

TEST_CASE("and no other") {
  const std::pair<AddressFamily, Protocol> sockets[] = {
      {af_inet, {}},
      {af_inet6, {}},
      {af_unix, {}},
      {af_can, can_raw},
      {af_can, can_bcm},
      {af_can, can_isotp},
      {af_can, can_j1939},
      {af_netlink, {}},
      {af_tipc, {}},
      {af_vsock, {}},
      {af_packet, {}},
      {af_alg, {}},
      {af_qipcrtr, {}},
      {af_rds, {}},
      {af_divert, {}},
      {af_bluetooth, btproto_l2cap},
      {af_bluetooth, btproto_rfcomm},
      {af_bluetooth, btproto_hci},
      {af_bluetooth, btproto_sco},
      {af_hyperv, hv_protocol_raw},
      {af_system, sysproto_control},
  };
  const Address forms[] = {
      InetAddress{"", 1},
      Inet6Address{"::1", 1},
      UnixAddress{"p"},
      CanAddress{},
      CanIsotpAddress{},
      CanJ1939Address{},
      NetlinkAddress{},
      TipcAddress{},
      VsockAddress{},
      PacketAddress{},
      AlgAddress{},
      L2capAddress{},
      RfcommAddress{},
      HciAddress{},
      ScoAddress{},
      QipcrtrAddress{},
      HypervAddress{},
      SystemControlAddress{},
      OpaqueAddress{AddressFamily(77), "x"},
  };
  int fits = 0;
  for (const auto& [family, protocol] : sockets) {
    for (const Address& form : forms) {
      CAPTURE(family.value());
      CAPTURE(to_string(form));
      FakeBackend backend;
      Socket s = std::move(*socket(family, sock_dgram, protocol, backend));
      const auto done = s.bind(form);
      if (done) {
        ++fits;
        continue;
      }
      CHECK(done.error() == UsageErrc::address_form);
      CHECK(done.error().detail() == static_cast<std::int32_t>(family.value()));
      CHECK(backend.calls["bind"] == 0);
    }
  }
  CHECK(fits == static_cast<int>(std::size(sockets)) + 1);  // af_inet6 takes the short form as well
}

TEST_CASE("a form tells its family") {
  const std::pair<Address, AddressFamily> forms[] = {
      {InetAddress{}, af_inet},
      {Inet6Address{}, af_inet6},
      {UnixAddress{}, af_unix},
      {CanAddress{}, af_can},
      {CanIsotpAddress{}, af_can},
      {CanJ1939Address{}, af_can},
      {NetlinkAddress{}, af_netlink},
      {TipcAddress{}, af_tipc},
      {VsockAddress{}, af_vsock},
      {PacketAddress{}, af_packet},
      {AlgAddress{}, af_alg},
      {L2capAddress{}, af_bluetooth},
      {RfcommAddress{}, af_bluetooth},
      {HciAddress{}, af_bluetooth},
      {ScoAddress{}, af_bluetooth},
      {QipcrtrAddress{}, af_qipcrtr},
      {HypervAddress{}, af_hyperv},
      {SystemControlAddress{}, af_system},
      {OpaqueAddress{AddressFamily(77), "x"}, AddressFamily(77)},
  };
  for (const auto& [address, family] : forms) {
    CAPTURE(to_string(address));
    CHECK(family_of(address) == family);
  }
  CHECK(std::size(forms) == std::variant_size_v<Address> - 1);  // all but std::monostate
}

TEST_CASE("an opaque address of the socket's family always goes through") {
  CHECK(bind(af_can, Protocol(5), OpaqueAddress{af_can, "x"}));
  CHECK(bind(af_link, {}, OpaqueAddress{af_link, "x"}));
  CHECK(refused(af_link, {}, InetAddress{"127.0.0.1", 1}) == UsageErrc::bad_family);
}

TEST_CASE("AF_CAN") {
  CHECK(refused(af_can, can_raw, CanAddress{name16}).message() ==
        "bind: interface name too long: 16 bytes, at most 15 [usage]");
  CHECK(refused(af_can, can_isotp, CanIsotpAddress{name16}) == UsageErrc::interface_name_too_long);
  CHECK(refused(af_can, can_j1939, CanJ1939Address{std::string(5000, 'i')}).detail() == 5000);
  CHECK(refused(af_can, can_raw, CanAddress{nul}) == UsageErrc::embedded_nul);
  CHECK(refused(af_can, Protocol(3), CanAddress{}).message() == "bind: unsupported CAN protocol, 3 [usage]");
}

TEST_CASE("AF_PACKET") {
  CHECK(refused(af_packet, {}, PacketAddress{"lo", -1}).message() == "bind: protocol must be 0-65535, not -1 [usage]");
  CHECK(refused(af_packet, {}, PacketAddress{"lo", 65536}) == UsageErrc::packet_protocol);
  CHECK(refused(af_packet, {}, PacketAddress{"lo", 1, packet_host, 0, "123456789"}).message() ==
        "bind: hardware address of 9 bytes, at most 8 [usage]");
  CHECK(refused(af_packet, {}, PacketAddress{"lo", 1, packet_host, 0, std::string(33, 'x')}).detail() == 33);
  CHECK(refused(af_packet, {}, PacketAddress{name16, 1}) == UsageErrc::interface_name_too_long);
  CHECK(refused(af_packet, {}, PacketAddress{nul, 1}) == UsageErrc::embedded_nul);
}

TEST_CASE("AF_ALG") {
  CHECK(refused(af_alg, {}, AlgAddress{std::string(14, 't'), "sha256"}).message() ==
        "bind: AF_ALG type too long: 14 bytes, at most 13 [usage]");
  CHECK(refused(af_alg, {}, AlgAddress{"hash", std::string(64, 'n')}).message() ==
        "bind: AF_ALG name too long: 64 bytes, at most 63 [usage]");
  CHECK(refused(af_alg, {}, AlgAddress{nul, "n"}) == UsageErrc::embedded_nul);
  CHECK(refused(af_alg, {}, AlgAddress{"hash", nul}) == UsageErrc::embedded_nul);
}

TEST_CASE("AF_TIPC") {
  CHECK(refused(af_tipc, {}, TipcAddress{TipcAddressType(4), 1, 2, 3}).message() ==
        "bind: invalid TIPC address type, 4 [usage]");
  CHECK(refused(af_tipc, {}, TipcAddress{TipcAddressType(0)}) == UsageErrc::tipc_address_type);
  CHECK(TipcAddress().scope == tipc_cluster_scope);
}

TEST_CASE("AF_BLUETOOTH") {
  for (const char* bad :
       {"", "12:23:34:45:56", "12:23:34:45:56:6", "12:23:34:45:56:677", "12:23:34:45:56:6g", "12-23-34-45-56-67",
        "12:23:34:45:56:67 ", " 2:23:34:45:56:67", "+2:23:34:45:56:67", "0x:23:34:45:56:67", "122334455667"}) {
    CAPTURE(bad);
    CHECK(BdAddr(bad).malformed());
    CHECK(BdAddr(bad).str() == "(malformed)");
    CHECK_FALSE(BdAddr(bad) == BdAddr());
    CHECK(refused(af_bluetooth, btproto_l2cap, L2capAddress{bad, 1}) == UsageErrc::bluetooth_address);
  }
  CHECK(refused(af_bluetooth, btproto_rfcomm, RfcommAddress{"x", 1}).message() ==
        "bind: bad bluetooth address [usage]");
  CHECK(refused(af_bluetooth, btproto_sco, ScoAddress{"x"}) == UsageErrc::bluetooth_address);
  CHECK(refused(af_bluetooth, btproto_hci, HciAddress{.bdaddr = "x"}) == UsageErrc::bluetooth_address);
  const Error unknown = refused(af_bluetooth, Protocol(9), L2capAddress{});
  CHECK(unknown == UsageErrc::bluetooth_protocol);
  CHECK(unknown.message() == "bind: unknown Bluetooth protocol, 9 [usage]");
  CHECK(BdAddr("0a:bC:de:00:fF:67").str() == "0A:BC:DE:00:FF:67");
  CHECK(BdAddr("0a:bc:de:00:ff:67") == "0A:BC:DE:00:FF:67");
  CHECK(BdAddr("0a:bc:de:00:ff:67").octets() == BdAddr::Octets{0x0a, 0xbc, 0xde, 0x00, 0xff, 0x67});
  CHECK(BdAddr().str() == bdaddr_any);
  CHECK(BdAddr("0a:bc:de:00:ff:67") == std::string("0a:bc:de:00:ff:67"));
}

TEST_CASE("AF_HYPERV") {
  for (const char* bad : {"", "90db8b89-0d35-4f79-8ce9-49ea0ac8b7c", "90db8b89-0d35-4f79-8ce9-49ea0ac8b7cdd",
                          "90db8b890d354f798ce949ea0ac8b7cd", "{90db8b89-0d35-4f79-8ce9-49ea0ac8b7cd}",
                          "90db8b89_0d35-4f79-8ce9-49ea0ac8b7cd", "90db8b89-0d35-4f79-8ce9-49ea0ac8b7cg",
                          "90db8b89-0d35-4f79-8ce9--9ea0ac8b7cd"}) {
    CAPTURE(bad);
    CHECK(Uuid(bad).malformed());
    CHECK(refused(af_hyperv, hv_protocol_raw, HypervAddress{bad, hv_guid_zero}) == UsageErrc::uuid_text);
    CHECK(refused(af_hyperv, hv_protocol_raw, HypervAddress{hv_guid_zero, bad}) == UsageErrc::uuid_text);
  }
  const Error unsupported = refused(af_hyperv, {}, HypervAddress{});
  CHECK(unsupported == UsageErrc::hyperv_protocol);
  CHECK(unsupported.message() == "bind: unsupported AF_HYPERV protocol, 0 [usage]");
  CHECK(Uuid(hv_guid_children).str() == "90db8b89-0d35-4f79-8ce9-49ea0ac8b7cd");
  CHECK(Uuid(hv_guid_children) == Uuid("90db8b89-0d35-4f79-8ce9-49ea0ac8b7cd"));
  CHECK(Uuid(hv_guid_children) == std::string(hv_guid_children));
  CHECK(Uuid() == hv_guid_zero);
  const std::string text = "00010203-0405-0607-0809-0a0b0c0d0e0f";
  const Uuid::Octets octets{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const auto counting = std::make_unique<Uuid>(octets);
  CHECK(*counting == Uuid(text));
  CHECK(counting->str() == text);
  CHECK(Uuid(text).octets() == counting->octets());
}

TEST_CASE("PF_SYSTEM") {
  const Error unsupported = refused(af_system, Protocol(1), SystemControlAddress{.id = 1});
  CHECK(unsupported == UsageErrc::system_protocol);
  CHECK(unsupported.message() == "bind: unsupported PF_SYSTEM protocol, 1 [usage]");
  const Error unfound = refused(af_system, sysproto_control, SystemControlAddress{std::string(96, 'c')});
  CHECK(unfound == UsageErrc::system_control_name);
  CHECK(unfound.message() == "bind: cannot find kernel control with provided name [usage]");
  CHECK(refused(af_system, sysproto_control, SystemControlAddress{nul}) == UsageErrc::embedded_nul);
}

TEST_CASE("AF_RDS and AF_DIVERT follow AF_INET") {
  CHECK(refused(af_rds, {}, InetAddress{"127.0.0.1", 65536}) == UsageErrc::port_out_of_range);
  CHECK(refused(af_divert, {}, InetAddress{"127.0.0.1", -1}) == UsageErrc::port_out_of_range);
}

TEST_CASE("addresses as text") {
  CHECK(to_string(CanAddress{"vcan0"}) == "AF_CAN('vcan0')");
  CHECK(to_string(CanIsotpAddress{"vcan0", 0x123, can_eff_flag}) == "AF_CAN('vcan0', 0x123, 0x80000000)");
  CHECK(to_string(CanJ1939Address{"vcan0", 1, 0x3ffff, 0x20}) == "AF_CAN('vcan0', 0x1, 0x3ffff, 0x20)");
  CHECK(to_string(NetlinkAddress{7, 0x11}) == "AF_NETLINK(7, 0x11)");
  CHECK(to_string(TipcAddress{tipc_addr_name, 18888, 17}) == "AF_TIPC(2, 18888, 17, 0, 2)");
  CHECK(to_string(VsockAddress{2, 1024}) == "AF_VSOCK(2, 1024)");
  CHECK(to_string(PacketAddress{"eth0", ethertype_ip, packet_outgoing, 1, "\x02\x0a"}) ==
        "AF_PACKET('eth0', 0x800, 4, 1, '020a')");
  CHECK(to_string(AlgAddress{"hash", "hmac(sha256)"}) == "AF_ALG('hash', 'hmac(sha256)', 0x0, 0x0)");
  CHECK(to_string(L2capAddress{"01:02:03:04:05:06", 0x1001}) == "L2CAP(01:02:03:04:05:06, 4097, 0, 0)");
  CHECK(to_string(RfcommAddress{"01:02:03:04:05:06", 3}) == "RFCOMM(01:02:03:04:05:06, 3)");
  CHECK(to_string(HciAddress{1, hci_channel_user}) == "HCI(1, 1)");
  CHECK(to_string(HciAddress{.bdaddr = "01:02:03:04:05:06"}) == "HCI(01:02:03:04:05:06)");
  CHECK(to_string(ScoAddress{"no address"}) == "SCO((malformed))");
  CHECK(to_string(QipcrtrAddress{1, 2}) == "AF_QIPCRTR(1, 2)");
  CHECK(to_string(HypervAddress{hv_guid_parent, hv_guid_zero}) ==
        "AF_HYPERV(a42e7cda-d03f-480c-9cc2-a4de20abb878, 00000000-0000-0000-0000-000000000000)");
  CHECK(to_string(SystemControlAddress{"com.apple.net.utun_control"}) == "AF_SYSTEM('com.apple.net.utun_control')");
  CHECK(to_string(SystemControlAddress{.id = 3, .unit = 4}) == "AF_SYSTEM(3, 4)");
}

TEST_CASE("parts of addresses print themselves") {
  std::ostringstream out;
  out << BdAddr("0a:bc:de:00:ff:67") << ' ' << Uuid() << ' ' << Host("::1") << ' ' << InlineText<4>("lo");
  CHECK(out.str() == "0A:BC:DE:00:FF:67 00000000-0000-0000-0000-000000000000 ::1 lo");
}

TEST_CASE("an address is no larger than its largest forms need") {
  // Datagrams are received into one; an AF_UNIX path and opaque bytes were there before the others.
  CHECK(sizeof(Address) == sizeof(OpaqueAddress) + alignof(OpaqueAddress));
}

}  // namespace
}  // namespace everysock
