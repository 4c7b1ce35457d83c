// The receiving direction of a CAN_ISOTP socket: puts messages together, and tells the sender its pace.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_RECEIVER_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_RECEIVER_H_

#include <string>

#include "backends/memory/can_isotp_channel.h"
#include "backends/memory/can_socket.h"
#include "backends/memory/timer.h"

namespace everysock::memory {

class CanIsotpReceiver {
 public:
  // Messages go to the owner's inbox; ETIMEDOUT, EILSEQ and EBADMSG are reported to it.
  CanIsotpReceiver(CanSocket& owner, const CanIsotpChannel& channel);

  bool idle() const noexcept { return !receiving_; }
  // Frames of the three kinds that carry data.
  void single(const CanPacket& packet);
  void first(const CanPacket& packet);
  void consecutive(const CanPacket& packet);
  void stop();

 private:
  void fail_with(Errc error);
  void send_flow_control(CanIsotpFlow flow);

  CanSocket& owner_;
  const CanIsotpChannel& channel_;
  bool receiving_ = false;
  std::string message_;
  std::size_t size_ = 0;        // that it will have
  std::size_t frame_size_ = 0;  // of the first frame's data, which the others do not exceed
  std::uint8_t number_ = 0;     // of the next consecutive frame
  std::uint8_t in_block_ = 0;
  std::int64_t last_arrival_ = 0;
  Timer patience_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_RECEIVER_H_
