// Messages to and from the broadcast manager, a CAN_BCM socket: it sends frames again and again by itself, and tells of
// frames only when what is in them has changed, or when they stay away.
//
//   #include <everysock/can_bcm.h>
//
//   Socket s = socket(af_can, sock_dgram, can_bcm).value();
//   s.connect(CanAddress{"vcan0"}).value();
//   // Identifier 0x123 every 100 ms:
//   s.send(CanBcmMessage{.opcode = can_bcm_tx_setup,
//                        .flags = can_bcm_settimer | can_bcm_starttimer,
//                        .ival2 = 100'000,
//                        .can_id = 0x123,
//                        .frames = {{.id = 0x123, .data = "\x01"}}}.pack().value()).value();
//   // Told when the first byte of 0x456 changes, and when it has not come for a second:
//   s.send(CanBcmMessage{.opcode = can_bcm_rx_setup,
//                        .flags = can_bcm_settimer | can_bcm_starttimer,
//                        .ival1 = 1'000'000,
//                        .can_id = 0x456,
//                        .frames = {{.id = 0x456, .data = "\xff"}}}.pack().value()).value();
//   CanBcmMessage told = CanBcmMessage::unpack(s.recv(CanBcmMessage::max_packed).value()).value();
//   if (told.opcode == can_bcm_rx_timeout) ...
//
// A socket sends one such message at a time, and receives one. The manager refuses with EINVAL what has no job of that
// identifier to delete or read, and unsound intervals or numbers of frames; with E2BIG a set-up of more frames than the
// job was made with; with ENODEV one to send without an interface; with ENOTCONN everything before connect().
//
// Pure functions and values. Errors are those of Operation::can_frame.
// Source: Python documentation (spec rows protocol/CAN_BCM, constant-group/CAN_BCM_*); linux/can/bcm.h;
// Documentation/networking/can.rst, "Broadcast Manager protocol sockets".
#ifndef EVERYSOCK_CAN_BCM_H_
#define EVERYSOCK_CAN_BCM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "everysock/buffer.h"
#include "everysock/can_frame.h"
#include "everysock/constants/can.h"
#include "everysock/error.h"

namespace everysock {

struct CanBcmMessage {
  std::uint32_t opcode = 0;  // can_bcm_tx_setup and the like
  std::uint32_t flags = 0;   // can_bcm_settimer and the like
  // To send: how many frames at the interval ival1, before those at ival2.
  std::uint32_t count = 0;
  // Microseconds; 0: none. To receive: ival1 is the silence that is told of, ival2 the least time between two changes.
  std::int64_t ival1 = 0;
  std::int64_t ival2 = 0;
  std::uint32_t can_id = 0;  // of the job: an identifier with its flags
  // All FD with can_bcm_can_fd_frame among the flags, else all classic. To send: those that are sent in turn (256 at
  // most). To receive: masks of the bits that count; with several the first has the bits of the multiplexer.
  std::vector<CanFrame> frames = {};

  // Room for any message.
  static constexpr std::size_t max_packed = 56 + 257 * 72;

  // struct bcm_msg_head and the frames, in the layout of 64-bit systems, whatever this one is.
  // UsageErrc::can_frame_size: a frame of the other format. integer_out_of_range: a negative interval. Others: as
  // CanFrame::pack().
  Result<std::string> pack() const;

  // A message that a socket gave. UsageErrc::can_frame_size: no head and whole frames, as many as the head says.
  // Others: as CanFrame::unpack().
  static Result<CanBcmMessage> unpack(ConstBuffer bytes);

  friend bool operator==(const CanBcmMessage&, const CanBcmMessage&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_CAN_BCM_H_
