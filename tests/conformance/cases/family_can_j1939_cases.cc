// CAN_J1939: SAE J1939, over an interface "vcan0" of the host. Linux, Documentation/networking/j1939.rst.
#include "can_support.h"
#include "waiting_support.h"

namespace everysock::conformance {
namespace {

Socket node(Context& t, std::uint8_t address) {
  Socket s = open_can(t, sock_dgram, can_j1939);
  REQUIRE_OK(s.bind(CanJ1939Address{.ifname = "vcan0", .addr = address}));
  return s;
}

CanJ1939Address at(std::uint8_t address, std::uint32_t pgn = 0x12300) {
  return {.ifname = "vcan0", .pgn = pgn, .addr = address};
}

CONFORMANCE("family/can_j1939_many_frames", Rows({"protocol/CAN_J1939", "family/AF_CAN CAN_J1939"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket a = node(t, 0x60);
  Socket b = node(t, 0x61);
  const std::string message = t.pattern(300);
  REQUIRE_OK(a.sendto(message, at(0x61)));
  const auto received = REQUIRE_OK(b.recvfrom(1000));
  REQUIRE_EQ(received.data, message);
  // Linux says of messages of one frame alone from which interface they came (net/can/j1939/transport.c makes those of
  // many anew). What came from nowhere can be answered all the same.
  auto from = std::get<CanJ1939Address>(received.address);
  from.ifname = "vcan0";
  REQUIRE_EQ(Address(from), Address(at(0x60)));
  REQUIRE_OK(b.sendto(message, received.address));
  REQUIRE_EQ(REQUIRE_OK(a.recv(1000)), message);
}

CONFORMANCE("family/can_j1939_connected", Rows({"protocol/CAN_J1939", "method/connect", "method/send"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket a = node(t, 0x62);
  Socket b = node(t, 0x63);
  REQUIRE_OK(a.connect(at(0x63)));
  REQUIRE_OK(a.send("eight by"));
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "eight by");
  REQUIRE_EQ(REQUIRE_OK(a.getpeername()), Address(at(0x63)));
}

CONFORMANCE("family/can_j1939_promiscuous", Rows({"protocol/CAN_J1939", "method/setsockopt"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket a = node(t, 0x64);
  Socket b = node(t, 0x65);
  Socket listener = node(t, 0x66);
  REQUIRE_OK(listener.setsockopt(sol_can_j1939, so_j1939_promisc, 1));
  REQUIRE_EQ(REQUIRE_OK(listener.getsockopt(sol_can_j1939, so_j1939_promisc)), 1);
  REQUIRE_OK(a.sendto("private", at(0x65)));
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "private");
  REQUIRE_EQ(REQUIRE_OK(listener.recv(100)), "private");
}

CONFORMANCE("family/can_j1939_broadcast", Rows({"protocol/CAN_J1939", "method/setsockopt"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket sender = node(t, 0x67);
  Socket listener = node(t, 0x68);
  const CanJ1939Address all = at(j1939_no_addr);
  REQUIRE_ERROR(sender.sendto("to all", all), Errc::eacces);
  REQUIRE_OK(sender.setsockopt(sol_socket, so_broadcast, 1));
  REQUIRE_OK(listener.setsockopt(sol_socket, so_broadcast, 1));
  REQUIRE_OK(sender.sendto("to all", all));
  REQUIRE_EQ(REQUIRE_OK(listener.recv(100)), "to all");
}

CONFORMANCE("family/can_j1939_bad_address", Rows({"family/AF_CAN CAN_J1939", "method/bind"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_j1939);
  REQUIRE_ERROR(s.bind(CanJ1939Address{.ifname = "nosuch0", .addr = 1}), Errc::enodev);
  REQUIRE_ERROR(s.bind(CanJ1939Address{.ifname = "", .addr = 1}), Errc::enodev);
  REQUIRE_ERROR(s.bind(CanJ1939Address{.ifname = "lo", .addr = 1}), Errc::enodev);  // which is no CAN interface
  // Of this group the last byte is an address's place.
  REQUIRE_ERROR(s.bind(CanJ1939Address{.ifname = "vcan0", .pgn = 0x12345, .addr = 1}), Errc::einval);
  REQUIRE_ERROR(s.bind(CanJ1939Address{.ifname = "sixteen-bytes-ab", .addr = 1}), UsageErrc::interface_name_too_long);
}

CONFORMANCE("family/can_j1939_time_out", Rows({"family/AF_CAN CAN_J1939", "method/settimeout"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket s = node(t, 0x51);
  receive_in_vain(s);
}

}  // namespace
}  // namespace everysock::conformance
