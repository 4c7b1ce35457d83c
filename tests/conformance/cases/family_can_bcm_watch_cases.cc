// CAN_BCM in detail: what the broadcast manager tells of frames that change, or stay away. Linux,
// Documentation/networking/can.rst.
#include "can_bcm_support.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/can_bcm_changes", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*", "method/recvfrom"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = manager(t);
  // The first byte alone counts.
  ask(s, {.opcode = can_bcm_rx_setup, .can_id = 0x46, .frames = {frame("046#FF")}});
  for (const char* sent : {"046#0101", "046#0102", "047#0201", "046#0203", "046#02", "046#0304"}) say(sender, sent);
  for (const char* changed : {"046#0101", "046#0203", "046#0304"}) {
    const CanBcmMessage message = told(s);
    REQUIRE_EQ(message.opcode, can_bcm_rx_changed);
    REQUIRE_EQ(message.can_id, 0x46u);
    REQUIRE_EQ(message.frames.size(), 1u);
    REQUIRE_EQ(message.frames[0].str(), changed);
  }
  // With its length.
  ask(s, {.opcode = can_bcm_rx_setup, .flags = can_bcm_rx_check_dlc, .can_id = 0x46, .frames = {frame("046#FF")}});
  for (const char* sent : {"046#01", "046#0102", "046#0103"}) say(sender, sent);
  REQUIRE_EQ(told(s).frames[0].str(), "046#01");
  REQUIRE_EQ(told(s).frames[0].str(), "046#0102");
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
}

CONFORMANCE("family/can_bcm_multiplex", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = manager(t);
  // The first byte says which content the second is; of the first kind four bits count.
  ask(s, {.opcode = can_bcm_rx_setup,
          .can_id = 0x48,
          .frames = {frame("048#FF00000000000000"), frame("048#010F000000000000"), frame("048#02FF000000000000")}});
  for (const char* sent : {"048#0111", "048#0211", "048#0121", "048#0221", "048#0322", "048#0122"}) say(sender, sent);
  for (const char* changed : {"048#0111", "048#0211", "048#0221", "048#0122"}) {
    REQUIRE_EQ(told(s).frames[0].str(), changed);
  }
}

CONFORMANCE("family/can_bcm_silence", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = manager(t);
  const double start = t.now();
  ask(s, {.opcode = can_bcm_rx_setup,
          .flags = set_and_start | can_bcm_rx_announce_resume,
          .ival1 = 50 * millisecond,
          .can_id = 0x49,
          .frames = {frame("049#FF")}});
  const CanBcmMessage silence = told(s);
  REQUIRE_EQ(silence.opcode, can_bcm_rx_timeout);
  REQUIRE_EQ(silence.can_id, 0x49u);
  REQUIRE_EQ(silence.ival1, 50 * millisecond);
  REQUIRE_EQ(silence.frames.size(), 0u);
  REQUIRE_GE(t.now() - start, 0.045);
  // Told of each silence once, and of the frame that ends it, be it as the one before.
  for (int i = 0; i < 2; ++i) {
    say(sender, "049#11");
    REQUIRE_EQ(told(s).opcode, can_bcm_rx_changed);
    REQUIRE_EQ(told(s).opcode, can_bcm_rx_timeout);
  }
}

CONFORMANCE("family/can_bcm_throttles", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = manager(t);
  const double start = t.now();
  ask(s, {.opcode = can_bcm_rx_setup,
          .flags = can_bcm_settimer,
          .ival2 = 200 * millisecond,
          .can_id = 0x4a,
          .frames = {frame("04A#FF")}});
  // The first is told at once; of what comes within the interval the last, at its end.
  for (const char* sent : {"04A#01", "04A#02", "04A#03"}) say(sender, sent);
  REQUIRE_EQ(told(s).frames[0].str(), "04A#01");
  REQUIRE_EQ(told(s).frames[0].str(), "04A#03");
  REQUIRE_GE(t.now() - start, 0.19);
}

CONFORMANCE("family/can_bcm_answers_requests", Rows({"protocol/CAN_BCM", "constant-group/CAN_BCM_*"}),
            Needs{Feature::can_bcm, &probe::can_interface}) {
  Socket peer = raw_can(t);
  Socket s = manager(t);
  ask(s, {.opcode = can_bcm_rx_setup,
          .flags = can_bcm_rx_rtr_frame,
          .can_id = can_rtr_flag | 0x4b,
          .frames = {frame("04B#C0FFEE")}});
  say(peer, "04B#R3");
  REQUIRE_EQ(hear(peer), "04B#C0FFEE");
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
}

}  // namespace
}  // namespace everysock::conformance
