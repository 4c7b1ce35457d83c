// BTPROTO_L2CAP between two controllers, over BR/EDR and over Bluetooth LE. bluetooth(7) of BlueZ.
#include "bluetooth_support.h"

namespace everysock::conformance {
namespace {

// For anybody's use: odd over BR/EDR, 0x80 to 0xff over LE.
constexpr std::uint16_t psm = 0x1011;
constexpr std::uint16_t le_psm = 0x81;

Socket open_l2cap(Context& t) { return open_bluetooth(t, sock_seqpacket, btproto_l2cap); }

L2capAddress le(const BdAddr& device, std::uint16_t multiplexer = 0) {
  return {.bdaddr = device, .psm = multiplexer, .bdaddr_type = bdaddr_le_public};
}

CONFORMANCE("family/bluetooth_l2cap_conversation",
            Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "protocol/BTPROTO_L2CAP", "method/connect", "method/accept"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr here = controller(t, 0);
  const BdAddr there = controller(t, 1);
  Connection c =
      connect_bluetooth(t, sock_seqpacket, btproto_l2cap, L2capAddress{.bdaddr = here}, L2capAddress{there, psm});
  REQUIRE_EQ(std::get<L2capAddress>(REQUIRE_OK(c.client.getsockname())).bdaddr, here);
  const auto peer = std::get<L2capAddress>(REQUIRE_OK(c.client.getpeername()));
  REQUIRE_EQ(peer.bdaddr, there);
  REQUIRE_EQ(peer.psm, psm);
  REQUIRE_EQ(peer.bdaddr_type, bdaddr_bredr);
  REQUIRE_EQ(std::get<L2capAddress>(REQUIRE_OK(c.server.getpeername())).bdaddr, here);
  REQUIRE_OK(c.client.send("one"));
  REQUIRE_OK(c.client.send("and two"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "one");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "and two");
  // As much as a message may hold where nobody asked for more (672), which is several packets of the radio's.
  const std::string message = t.pattern(672);
  REQUIRE_OK(c.server.send(message));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(1000)), message);
  REQUIRE_ERROR(c.client.send(t.pattern(673)), Errc::emsgsize);
  REQUIRE_OK(c.server.close());
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(100)), "");
}

CONFORMANCE("family/bluetooth_l2cap_le",
            Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "constant-group/HCI_* / BTPROTO_* / BDADDR_*"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr here = controller(t, 0);
  const BdAddr there = controller(t, 1);
  Connection c = connect_bluetooth(t, sock_seqpacket, btproto_l2cap, le(here), le(there, le_psm));
  const auto peer = std::get<L2capAddress>(REQUIRE_OK(c.client.getpeername()));
  REQUIRE_EQ(peer.bdaddr, there);
  REQUIRE_EQ(peer.psm, le_psm);
  REQUIRE_EQ(peer.bdaddr_type, bdaddr_le_public);
  const std::string message = t.pattern(300);
  REQUIRE_OK(c.client.send(message));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1000)), message);
  REQUIRE_OK(c.server.send("and back"));
  REQUIRE_EQ(REQUIRE_OK(c.client.recv(1000)), "and back");
}

CONFORMANCE("family/bluetooth_l2cap_options",
            Rows({"constant-group/HCI_* / BTPROTO_* / BDADDR_*", "method/getsockopt", "method/setsockopt"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket s = open_l2cap(t);
  // struct bt_security: a level and the size of a key.
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_bluetooth, bt_security, 2)), std::string("\1\0", 2));
  REQUIRE_OK(s.setsockopt(sol_bluetooth, bt_security, std::string("\2\0", 2)));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_bluetooth, bt_security, 2))[0], '\2');
  REQUIRE_ERROR(s.setsockopt(sol_bluetooth, bt_security, std::string("\7\0", 2)), Errc::einval);
  // What a message may hold, over LE alone.
  REQUIRE_ERROR(s.getsockopt(sol_bluetooth, bt_rcvmtu, 2), Errc::einval);
  Socket low_energy = open_l2cap(t);
  REQUIRE_OK(low_energy.bind(le(controller(t, 0))));
  REQUIRE_OK(low_energy.setsockopt(sol_bluetooth, bt_rcvmtu, std::string("\x2c\x01", 2)));
  REQUIRE_EQ(REQUIRE_OK(low_energy.getsockopt(sol_bluetooth, bt_rcvmtu, 2)), "\x2c\x01");
}

CONFORMANCE("family/bluetooth_l2cap_time_out", Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "method/settimeout"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr there = controller(t, 1);
  Connection c = connect_bluetooth(t, sock_seqpacket, btproto_l2cap, L2capAddress{.bdaddr = controller(t, 0)},
                                   L2capAddress{there, psm + 2});
  Socket listener = open_l2cap(t);
  REQUIRE_OK(listener.bind(L2capAddress{there, psm + 4}));
  REQUIRE_OK(listener.listen());
  wait_for_nobody(listener, c.client);
}

// A device that is not there (EHOSTDOWN) is only asked for by the case of SCO: the kernel of Debian 12 (6.1.192) breaks
// when a socket of L2CAP, or one of RFCOMM, is closed that has tried it (list_del corruption in hci_chan_del).
CONFORMANCE("family/bluetooth_l2cap_absent", Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "method/connect"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr here = controller(t, 0);
  const BdAddr there = controller(t, 1);
  const auto connect = [&](const L2capAddress& from, const L2capAddress& to) {
    Socket s = open_l2cap(t);
    REQUIRE_OK(s.bind(from));
    return s.connect(to);
  };
  const L2capAddress classic{.bdaddr = here};
  REQUIRE_ERROR(connect(classic, {there, psm + 100}), Errc::econnrefused);
  REQUIRE_ERROR(connect(le(here), le(there, le_psm + 20)), Errc::econnrefused);
  // No controller of this machine.
  REQUIRE_ERROR(connect({.bdaddr = absent_device}, {there, psm}), Errc::ehostunreach);
}

CONFORMANCE("family/bluetooth_l2cap_bad_address", Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "method/bind"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr there = controller(t, 1);
  Socket s = open_l2cap(t);
  REQUIRE_ERROR(s.bind(L2capAddress{"00:11:22:33:44", psm}), UsageErrc::bluetooth_address);
  REQUIRE_ERROR(s.bind(L2capAddress{bdaddr_any, 0x1010}), Errc::einval);     // even
  REQUIRE_ERROR(s.bind(L2capAddress{bdaddr_any, 0x1111}), Errc::einval);     // bit 8 is none of a multiplexer's
  REQUIRE_ERROR(s.bind(L2capAddress{bdaddr_any, psm, 0x40}), Errc::einval);  // a multiplexer or a channel
  REQUIRE_ERROR(s.bind(L2capAddress{.bdaddr_type = 9}), Errc::einval);
  REQUIRE_ERROR(s.bind(le(BdAddr(), psm)), Errc::einval);
  REQUIRE_ERROR(s.connect(L2capAddress{there, 0x1010}), Errc::einval);
  REQUIRE_ERROR(s.connect(L2capAddress{there, psm, 0x40}), Errc::einval);
  REQUIRE_ERROR(s.connect(L2capAddress{.bdaddr = there, .psm = psm, .bdaddr_type = 9}), Errc::einval);
  REQUIRE_OK(s.bind(L2capAddress{there, psm + 6}));
  Socket other = open_l2cap(t);
  REQUIRE_ERROR(other.bind(L2capAddress{there, psm + 6}), Errc::eaddrinuse);
}

}  // namespace
}  // namespace everysock::conformance
