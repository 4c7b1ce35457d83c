// Families of Linux whose sockets wait for what does not come.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

void wait_in_vain(Socket& s) {
  REQUIRE_OK(s.settimeout(0.05));
  REQUIRE_TIMEOUT(s.recv(16));
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_ERROR(s.recv(16), Errc::eagain);
}

CONFORMANCE("family/netlink_time_out", Rows({"family/AF_NETLINK", "method/settimeout"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket s = REQUIRE_OK(socket(af_netlink, sock_raw, netlink_route, t.backend()));
  REQUIRE_OK(s.bind(NetlinkAddress{}));
  wait_in_vain(s);
  // Nobody has this port.
  REQUIRE_ERROR(s.sendto("x", NetlinkAddress{0x7ffffff0}), Errc::econnrefused);
}

CONFORMANCE("family/packet_time_out", Rows({"family/AF_PACKET", "method/settimeout"}),
            Needs{Feature::packet, &probe::packet}) {
  Socket s = REQUIRE_OK(socket(af_packet, sock_dgram, {}, t.backend()));
  REQUIRE_OK(s.bind(PacketAddress{"lo", 0x88b6}));  // IEEE 802: for experiments, and no case's
  wait_in_vain(s);
  REQUIRE_ERROR(s.sendto("x", PacketAddress{"nosuch0", 0x88b6}), Errc::enodev);
}

CONFORMANCE("family/qipcrtr_time_out", Rows({"family/AF_QIPCRTR", "method/settimeout"}),
            Needs{Feature::qipcrtr, &probe::qipcrtr}) {
  Socket s = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  const auto node = std::get<QipcrtrAddress>(REQUIRE_OK(s.getsockname())).node;
  REQUIRE_OK(s.bind(QipcrtrAddress{node, 0}));
  wait_in_vain(s);
}

CONFORMANCE("family/rds_time_out", Rows({"family/AF_RDS", "method/settimeout"}), Needs{Feature::rds, &probe::rds}) {
  Socket s = REQUIRE_OK(socket(af_rds, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(s.bind(InetAddress{"127.0.0.1", 0}));
  wait_in_vain(s);
  Socket elsewhere = REQUIRE_OK(socket(af_rds, sock_seqpacket, {}, t.backend()));
  REQUIRE_ERROR(elsewhere.bind(InetAddress{"192.0.2.1", 0}), Errc::eaddrnotavail);
}

CONFORMANCE("family/can_j1939_time_out", Rows({"family/AF_CAN CAN_J1939", "method/settimeout"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket s = REQUIRE_OK(socket(af_can, sock_dgram, can_j1939, t.backend()));
  REQUIRE_OK(s.bind(CanJ1939Address{.ifname = "vcan0", .addr = 0x51}));
  wait_in_vain(s);
}

}  // namespace
}  // namespace everysock::conformance
