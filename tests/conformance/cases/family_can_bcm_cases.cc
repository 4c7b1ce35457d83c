// CAN_BCM in detail: what the broadcast manager sends by itself, its jobs, and what it refuses. Linux,
// Documentation/networking/can.rst.
#include "can_bcm_support.h"
#include "waiting_support.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/can_bcm_cyclic", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket listener = raw_can_for(t, 0x42);
  Socket s = manager(t);
  const double start = t.now();
  // Two frames in turn.
  ask(s, {.opcode = can_bcm_tx_setup,
          .flags = set_and_start,
          .ival2 = 20 * millisecond,
          .can_id = 0x42,
          .frames = {frame("042#01"), frame("042#02")}});
  for (int i = 0; i < 3; ++i) {
    REQUIRE_EQ(hear(listener), "042#01");
    REQUIRE_EQ(hear(listener), "042#02");
  }
  REQUIRE_GE(t.now() - start, 5 * 0.020 - 0.005);
  // Other content at the same pace, which is announced at once.
  ask(s, {.opcode = can_bcm_tx_setup,
          .flags = can_bcm_tx_announce,
          .can_id = 0x42,
          .frames = {frame("042#AA"), frame("042#AA")}});
  std::string heard = hear(listener);
  while (heard != "042#AA") heard = hear(listener);
  REQUIRE_EQ(hear(listener), "042#AA");
  ask(s, {.opcode = can_bcm_tx_delete, .can_id = 0x42});
  REQUIRE_OK(listener.settimeout(0.1));
  while (listener.recv(16)) {
  }
  REQUIRE_TIMEOUT(listener.recv(16));
  REQUIRE_ERROR(attempt(s, {.opcode = can_bcm_tx_delete, .can_id = 0x42}), Errc::einval);
}

CONFORMANCE("family/can_bcm_counts", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket listener = raw_can_for(t, 0x43);
  Socket s = manager(t);
  // Three times, and no more.
  ask(s, {.opcode = can_bcm_tx_setup,
          .flags = set_and_start | can_bcm_tx_countevt,
          .count = 3,
          .ival1 = 10 * millisecond,
          .can_id = 0x43,
          .frames = {frame("043#")}});
  const CanBcmMessage expired = told(s);
  REQUIRE_EQ(expired.opcode, can_bcm_tx_expired);
  REQUIRE_EQ(expired.can_id, 0x43u);
  REQUIRE_EQ(expired.count, 0u);
  REQUIRE_EQ(expired.frames.size(), 0u);
  for (int i = 0; i < 3; ++i) REQUIRE_EQ(hear(listener), "043#");
  REQUIRE(!t.ready(listener, Interest::read, 0.05));
}

CONFORMANCE("family/can_bcm_identifier", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket listener = raw_can_for(t, can_eff_flag | 0x12345678);
  Socket s = manager(t);
  // The identifier of the job in place of the frame's own.
  ask(s, {.opcode = can_bcm_tx_setup,
          .flags = can_bcm_tx_announce | can_bcm_tx_cp_can_id,
          .can_id = can_eff_flag | 0x12345678,
          .frames = {frame("001#ABCD")}});
  REQUIRE_EQ(hear(listener), "12345678#ABCD");
}

CONFORMANCE("family/can_bcm_status", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket s = manager(t);
  const CanBcmMessage sends{.opcode = can_bcm_tx_setup,
                            .flags = can_bcm_settimer,
                            .count = 7,
                            .ival1 = 1'500'000,
                            .ival2 = 2'000'001,
                            .can_id = 0x44,
                            .frames = {frame("044#0102")}};
  ask(s, sends);
  ask(s, {.opcode = can_bcm_tx_read, .can_id = 0x44});
  CanBcmMessage expected = sends;
  expected.opcode = can_bcm_tx_status;
  REQUIRE(told(s) == expected);
  const CanBcmMessage hears{.opcode = can_bcm_rx_setup,
                            .flags = can_bcm_settimer,
                            .ival1 = 5'000'000,
                            .can_id = 0x45,
                            .frames = {frame("045#FF00")}};
  ask(s, hears);
  ask(s, {.opcode = can_bcm_rx_read, .can_id = 0x45});
  expected = hears;
  expected.opcode = can_bcm_rx_status;
  REQUIRE(told(s) == expected);
  ask(s, {.opcode = can_bcm_rx_delete, .can_id = 0x45});
  for (const std::uint32_t opcode : {can_bcm_rx_read, can_bcm_rx_delete}) {
    REQUIRE_ERROR(attempt(s, {.opcode = opcode, .can_id = 0x45}), Errc::einval);
  }
}

CONFORMANCE("family/can_bcm_fd_frames", Rows({"constant/CAN_BCM_CAN_FD_FRAME", "protocol/CAN_BCM"}),
            Needs{Feature::can_bcm, Feature::can_fd, &probe::can_interface}) {
  Socket listener = raw_can_for(t, 0x4c);
  REQUIRE_OK(listener.setsockopt(sol_can_raw, can_raw_fd_frames, 1));
  Socket s = manager(t);
  const CanFrame longer{.format = CanFormat::fd, .id = 0x4c, .flags = canfd_brs, .data = t.pattern(64)};
  ask(s, {.opcode = can_bcm_tx_setup,
          .flags = can_bcm_can_fd_frame | can_bcm_tx_announce,
          .can_id = 0x4c,
          .frames = {longer}});
  REQUIRE_EQ(hear(listener), longer.str());
  // The masks of a job that watches FD frames are such frames too; classic ones are another job's.
  CanFrame mask{.format = CanFormat::fd, .id = 0x4d, .data = std::string(64, '\0')};
  mask.data[63] = '\xff';
  ask(s, {.opcode = can_bcm_rx_setup, .flags = can_bcm_can_fd_frame, .can_id = 0x4d, .frames = {mask}});
  CanFrame sent{.format = CanFormat::fd, .id = 0x4d, .data = std::string(64, 'a')};
  say(listener, "04D#61");
  say(listener, sent.str());
  sent.data[0] = 'b';
  say(listener, sent.str());
  sent.data[63] = 'b';
  say(listener, sent.str());
  REQUIRE_EQ(told(s).frames[0].data[0], 'a');
  REQUIRE_EQ(told(s).frames[0].data, sent.data);
}

CONFORMANCE("family/can_bcm_all_interfaces",
            Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "protocol/CAN_BCM", "method/sendto"}),
            Needs{Feature::can_bcm, &probe::can_interfaces}) {
  Socket first = raw_can(t, "vcan0");
  Socket second = raw_can(t, "vcan1");
  Socket s = manager(t, "");
  ask(s, {.opcode = can_bcm_rx_setup, .flags = can_bcm_rx_filter_id, .can_id = 0x4e});
  say(second, "04E#02");
  say(first, "04E#01");
  for (const char* interface : {"vcan1", "vcan0"}) {
    REQUIRE_EQ(REQUIRE_OK(s.recvfrom(1000)).address, Address(CanAddress{interface}));
  }
  // To send it must be told where.
  const CanBcmMessage message{.opcode = can_bcm_tx_send, .can_id = 0x4f, .frames = {frame("04F#")}};
  const std::string once = REQUIRE_OK(message.pack());
  REQUIRE_ERROR(s.send(once), Errc::enodev);
  REQUIRE_EQ(REQUIRE_OK(s.sendto(once, CanAddress{"vcan1"})), once.size());
  REQUIRE_EQ(hear(second), "04F#");
  REQUIRE_ERROR(s.sendto(once, CanAddress{"nosuch0"}), Errc::enodev);
  REQUIRE_ERROR(s.sendto(once, CanAddress{"lo"}), Errc::enodev);
}

CONFORMANCE("family/can_bcm_refuses", Rows({"protocol/CAN_BCM", "method/connect", "method/bind"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_bcm);
  const CanBcmMessage good{.opcode = can_bcm_tx_setup, .can_id = 1, .frames = {frame("001#")}};
  REQUIRE_ERROR(attempt(s, good), Errc::enotconn);
  REQUIRE_ERROR(s.bind(CanAddress{"vcan0"}), Errc::eopnotsupp);
  REQUIRE_ERROR(s.connect(CanAddress{"lo"}), Errc::enodev);
  REQUIRE_OK(s.connect(CanAddress{"vcan0"}));
  REQUIRE_ERROR(s.connect(CanAddress{"vcan0"}), Errc::eisconn);
  REQUIRE_ERROR(s.send("no head"), Errc::einval);
  REQUIRE_ERROR(s.send(REQUIRE_OK(good.pack()) + "x"), Errc::einval);
  for (const std::uint32_t opcode : {0u, can_bcm_tx_status, can_bcm_rx_changed, 99u}) {
    CanBcmMessage message = good;
    message.opcode = opcode;
    REQUIRE_ERROR(attempt(s, message), Errc::einval);
  }
  CanBcmMessage message = good;
  message.frames.clear();
  REQUIRE_ERROR(attempt(s, message), Errc::einval);
  message = good;
  message.opcode = can_bcm_tx_send;
  message.frames.push_back(message.frames[0]);
  REQUIRE_ERROR(attempt(s, message), Errc::einval);
  // More frames than the job has room for.
  REQUIRE_OK(attempt(s, good));
  message.opcode = can_bcm_tx_setup;
  REQUIRE_ERROR(attempt(s, message), Errc::e2big);
  // An answer to requests takes one frame, and an identifier that is one.
  message = good;
  message.opcode = can_bcm_rx_setup;
  message.flags = can_bcm_rx_rtr_frame;
  REQUIRE_ERROR(attempt(s, message), Errc::einval);
}

CONFORMANCE("family/can_bcm_names",
            Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "method/getsockname", "method/settimeout"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket s = manager(t);
  REQUIRE_ERROR(s.getsockname(), Errc::eopnotsupp);
  REQUIRE_ERROR(s.getpeername(), Errc::eopnotsupp);
  receive_in_vain(s);
}

}  // namespace
}  // namespace everysock::conformance
