// CAN_ISOTP and CAN_J1939: ISO 15765-2 and SAE J1939, over an interface "vcan0" of the host.
#include "can_support.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/can_isotp", Rows({"family/AF_CAN CAN_ISOTP", "protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  const CanIsotpAddress here{"vcan0", 0x123, can_eff_flag | 0x1abcdef};
  Socket s = open_can(t, sock_dgram, can_isotp);
  REQUIRE_OK(s.bind(here));
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(here));
  Socket peer = open_can(t, sock_dgram, can_isotp);
  REQUIRE_OK(peer.bind(CanIsotpAddress{"vcan0", here.tx_addr, here.rx_addr}));
  const std::string message = t.pattern(300);  // of many frames
  REQUIRE_OK(s.send(message));
  REQUIRE_EQ(REQUIRE_OK(peer.recv(4096)), message);
  REQUIRE_ERROR(s.bind(CanAddress{"vcan0"}), UsageErrc::address_form);
}

CONFORMANCE("family/can_j1939", Rows({"family/AF_CAN CAN_J1939", "protocol/CAN_J1939"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  const CanJ1939Address here{"vcan0", j1939_no_name, j1939_no_pgn, 0x20};
  Socket s = open_can(t, sock_dgram, can_j1939);
  REQUIRE_OK(s.bind(here));
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(here));
  Socket sender = open_can(t, sock_dgram, can_j1939);
  REQUIRE_OK(sender.bind(CanJ1939Address{"vcan0", j1939_no_name, j1939_no_pgn, 0x30}));
  const std::string message = t.pattern(8);
  REQUIRE_OK(sender.sendto(message, CanJ1939Address{"vcan0", j1939_no_name, 0x12300, 0x20}));
  const auto received = REQUIRE_OK(s.recvfrom(100));
  REQUIRE_EQ(received.data, message);
  REQUIRE_EQ(received.address, Address(CanJ1939Address{"vcan0", j1939_no_name, 0x12300, 0x30}));
  REQUIRE_ERROR(s.bind(CanAddress{"vcan0"}), UsageErrc::address_form);
}

}  // namespace
}  // namespace everysock::conformance
