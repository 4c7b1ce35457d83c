// Addresses of AF_CAN, over an interface "vcan0" of the host: Linux, Documentation/networking/can.rst.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

Socket open_can(Context& t, SocketKind kind, Protocol protocol) {
  Socket s = REQUIRE_OK(socket(af_can, kind, protocol, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

// struct can_frame: a standard identifier and up to eight bytes.
std::string frame(std::uint32_t id, std::string_view data) {
  std::string bytes(16, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(id >> (8 * i));
  bytes[4] = static_cast<char>(data.size());
  data.copy(bytes.data() + 8, 8);
  return bytes;
}

CONFORMANCE("family/can_raw_names", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket s = open_can(t, sock_raw, can_raw);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(CanAddress{}));
  REQUIRE_OK(s.bind(CanAddress{"vcan0"}));
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(CanAddress{"vcan0"}));
  Socket all = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(all.bind(CanAddress{""}));
  REQUIRE_EQ(REQUIRE_OK(all.getsockname()), Address(CanAddress{""}));
  REQUIRE_ERROR(all.bind(CanAddress{"nosuch0"}), Errc::enodev);
  REQUIRE_ERROR(all.bind(CanAddress{"an-interface-nam"}), UsageErrc::interface_name_too_long);
  REQUIRE_ERROR(all.bind(CanIsotpAddress{"vcan0", 1, 2}), UsageErrc::address_form);
}

CONFORMANCE("family/can_raw_transfer", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "method/recvfrom"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(sender.bind(CanAddress{"vcan0"}));
  Socket receiver = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(receiver.bind(CanAddress{""}));
  REQUIRE_EQ(REQUIRE_OK(sender.send(frame(0x123, "by name"))), 16u);
  const auto named = REQUIRE_OK(receiver.recvfrom(16));
  REQUIRE_EQ(named.data, frame(0x123, "by name"));
  REQUIRE_EQ(named.address, Address(CanAddress{"vcan0"}));
  Socket unbound = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(unbound.sendto(frame(0x124, "to"), CanAddress{"vcan0"}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(16)), frame(0x124, "to"));
}

CONFORMANCE("family/can_bcm_connects", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "method/connect"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_bcm);
  REQUIRE_ERROR(s.connect(CanAddress{"nosuch0"}), Errc::enodev);
  REQUIRE_OK(s.connect(CanAddress{"vcan0"}));
}

CONFORMANCE("family/can_isotp", Rows({"family/AF_CAN CAN_ISOTP"}), Needs{Feature::can_isotp, &probe::can_interface}) {
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

CONFORMANCE("family/can_j1939", Rows({"family/AF_CAN CAN_J1939"}), Needs{Feature::can_j1939, &probe::can_interface}) {
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

CONFORMANCE("family/can_other_protocol", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  // Given the family alone, a system may have protocols that nobody has documented a form of address for.
  Socket s = open_can(t, sock_raw, can_raw);
  Socket other = REQUIRE_OK(socket_from_fileno(
      s.detach(), {.family = std::nullopt, .type = std::nullopt, .proto = Protocol(3)}, t.backend()));
  REQUIRE_ERROR(other.bind(CanAddress{"vcan0"}), UsageErrc::can_protocol);
}

}  // namespace
}  // namespace everysock::conformance
