// A job of the broadcast manager that sends frames in turn (TX_SETUP): `count` times at the first interval, then at the
// second.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_TRANSMISSION_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_TRANSMISSION_H_

#include "backends/memory/can_bcm_job.h"
#include "backends/memory/timer.h"

namespace everysock::memory {

class CanBcmTransmission final : public CanBcmJob {
 public:
  CanBcmTransmission(CanSocket& owner, std::uint32_t interface, const CanBcmHead& head);

  // A TX_SETUP message for it, which is sound.
  void set_up(const CanBcmHead& head, std::vector<CanPacket> frames);

 private:
  void send_next();
  void start_timer();
  void interval_passed();

  std::size_t next_ = 0;
  Timer timer_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_TRANSMISSION_H_
