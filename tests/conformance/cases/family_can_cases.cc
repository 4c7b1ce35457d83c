// CAN_RAW and CAN_BCM, over an interface "vcan0" of the host: Linux, Documentation/networking/can.rst.
#include <cstring>

#include "can_bcm_support.h"

namespace everysock::conformance {
namespace {

// struct can_frame: a standard identifier and up to eight bytes.
std::string frame_bytes(std::uint32_t id, std::string_view data) {
  std::string bytes(16, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(id >> (8 * i));
  bytes[4] = static_cast<char>(data.size());
  data.copy(bytes.data() + 8, 8);
  return bytes;
}

std::string word(std::uint32_t number) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &number, sizeof(number));
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

CONFORMANCE("family/can_raw_transfer",
            Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "protocol/CAN_RAW", "method/recvfrom", "example/E07"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(sender.bind(CanAddress{"vcan0"}));
  Socket receiver = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(receiver.bind(CanAddress{""}));
  REQUIRE_EQ(REQUIRE_OK(sender.send(frame_bytes(0x123, "by name"))), 16u);
  const auto named = REQUIRE_OK(receiver.recvfrom(16));
  REQUIRE_EQ(named.data, frame_bytes(0x123, "by name"));
  REQUIRE_EQ(named.address, Address(CanAddress{"vcan0"}));
  Socket unbound = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(unbound.sendto(frame_bytes(0x124, "to"), CanAddress{"vcan0"}));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(16)), frame_bytes(0x124, "to"));
}

CONFORMANCE("family/can_raw_filters",
            Rows({"protocol/CAN_RAW", "constant-group/CAN_*", "constant/CAN_RAW_JOIN_FILTERS"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket receiver = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(receiver.bind(CanAddress{"vcan0"}));
  // Identifier and mask: 0x200 to 0x20f.
  const std::string filter = word(0x200) + word(can_sff_mask & ~0xfu);
  REQUIRE_OK(receiver.setsockopt(sol_can_raw, can_raw_filter, filter));
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(sol_can_raw, can_raw_filter, 64)), filter);
  REQUIRE_OK(receiver.setsockopt(sol_can_raw, can_raw_join_filters, 1));
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(sol_can_raw, can_raw_join_filters)), 1);
  Socket sender = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(sender.bind(CanAddress{"vcan0"}));
  REQUIRE_OK(sender.send(frame_bytes(0x210, "not")));
  REQUIRE_OK(sender.send(frame_bytes(0x20f, "heard")));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(16)), frame_bytes(0x20f, "heard"));
  // What was sent comes back to its sender if that asks for it.
  REQUIRE_OK(sender.setsockopt(sol_can_raw, can_raw_recv_own_msgs, 1));
  REQUIRE_OK(sender.send(frame_bytes(0x100, "own")));
  REQUIRE_EQ(REQUIRE_OK(sender.recv(16)), frame_bytes(0x100, "own"));
  REQUIRE_ERROR(sender.send("too short"), Errc::einval);
}

CONFORMANCE("family/can_fd_frames", Rows({"protocol/CAN_RAW", "constant/CAN_RAW_FD_FRAMES"}),
            Needs{Feature::can_fd, &probe::can_interface}) {
  Socket receiver = open_can(t, sock_raw, can_raw);
  Socket sender = open_can(t, sock_raw, can_raw);
  // struct canfd_frame: up to 64 bytes.
  std::string longer = word(0x321) + std::string(1, 64) + std::string(3, '\0') + t.pattern(64);
  REQUIRE_OK(sender.bind(CanAddress{"vcan0"}));
  REQUIRE_OK(receiver.bind(CanAddress{"vcan0"}));
  REQUIRE_ERROR(sender.send(longer), Errc::einval);
  for (Socket* s : {&sender, &receiver}) {
    REQUIRE_OK(s->setsockopt(sol_can_raw, can_raw_fd_frames, 1));
    REQUIRE_EQ(REQUIRE_OK(s->getsockopt(sol_can_raw, can_raw_fd_frames)), 1);
  }
  REQUIRE_EQ(REQUIRE_OK(sender.send(longer)), 72u);
  const std::string received = REQUIRE_OK(receiver.recv(100));
  REQUIRE_EQ(received.size(), 72u);
  REQUIRE_EQ(received.substr(0, 5), longer.substr(0, 5));  // then come flags, which the system sets
  REQUIRE_EQ(received.substr(8), longer.substr(8));
}

CONFORMANCE("family/can_bcm_sends", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*", "example/E06"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket receiver = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(receiver.bind(CanAddress{"vcan0"}));
  Socket s = manager(t);
  ask(s, {.opcode = can_bcm_tx_send, .can_id = 0x42, .frames = {frame("042#6F6E6365")}});
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(16)), frame_bytes(0x42, "once"));
  // Told of a frame whenever it has changed.
  ask(s, {.opcode = can_bcm_rx_setup, .flags = can_bcm_rx_filter_id, .can_id = 0x43});
  REQUIRE_OK(receiver.send(frame_bytes(0x44, "other")));
  REQUIRE_OK(receiver.send(frame_bytes(0x43, "mine")));
  const auto news = REQUIRE_OK(s.recvfrom(CanBcmMessage::max_packed));
  const CanBcmMessage changed{
      .opcode = can_bcm_rx_changed, .flags = can_bcm_rx_filter_id, .can_id = 0x43, .frames = {frame("043#6D696E65")}};
  REQUIRE_EQ(news.data, REQUIRE_OK(changed.pack()));
  REQUIRE_EQ(news.address, Address(CanAddress{"vcan0"}));
}

CONFORMANCE("family/can_bcm_connects", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "protocol/CAN_BCM", "method/connect"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_bcm);
  REQUIRE_ERROR(s.connect(CanAddress{"nosuch0"}), Errc::enodev);
  REQUIRE_OK(s.connect(CanAddress{"vcan0"}));
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
