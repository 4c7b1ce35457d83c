// The sending direction of a CAN_ISOTP socket: one message at a time, at the pace that the receiver asks for.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_SENDER_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_SENDER_H_

#include <functional>
#include <string>

#include "backends/memory/can_isotp_channel.h"
#include "backends/memory/can_socket.h"
#include "backends/memory/timer.h"

namespace everysock::memory {

class CanIsotpSender {
 public:
  // Calls `over` whenever it has become idle; ECOMM, EMSGSIZE and EBADMSG are reported to the owner before.
  CanIsotpSender(CanSocket& owner, const CanIsotpChannel& channel, std::function<void()> over);

  bool idle() const noexcept { return state_ == State::idle; }
  // While idle. EINVAL: an empty message, one that is too large, or one that single frames to all cannot carry.
  Errc start(std::string message);
  // A flow control frame has come.
  void flow_control(const CanPacket& packet);

 private:
  enum class State { idle, waits_for_first_flow_control, waits_for_flow_control, sending };

  void send(const CanPacket& packet);
  void send_single(std::size_t head_size);
  void send_first();
  // Consecutive frames, until there is a reason to wait.
  void go_on();
  void take_pace(const CanPacket& packet);
  void finish(Errc error);

  CanSocket& owner_;
  const CanIsotpChannel& channel_;
  const std::function<void()> over_;
  State state_ = State::idle;
  std::string message_;
  std::size_t sent_ = 0;         // bytes of it
  std::uint8_t number_ = 0;      // of the next consecutive frame
  std::uint8_t block_size_ = 0;  // as the receiver asked
  std::uint8_t in_block_ = 0;
  std::int64_t gap_ = 0;
  Timer patience_;
  Timer gap_timer_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_SENDER_H_
