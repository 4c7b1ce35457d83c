// A job of the broadcast manager that watches an identifier (RX_SETUP): it tells of frames whose content has changed,
// at most once in the second interval, and of a first interval without any.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_RECEPTION_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_RECEPTION_H_

#include <optional>

#include "backends/memory/can_bcm_job.h"
#include "backends/memory/timer.h"

namespace everysock::memory {

class CanBcmReception final : public CanBcmJob {
 public:
  CanBcmReception(CanSocket& owner, std::uint32_t interface, const CanBcmHead& head);

  // An RX_SETUP message for it, which is sound. The frames are masks of what counts as content: one for all frames, or
  // the bits of the multiplexer first and then a mask for each of its values.
  void set_up(const CanBcmHead& head, std::vector<CanPacket> frames);
  void hear(const CanPacket& packet, std::uint32_t interface);

 private:
  // The last frame for each mask.
  struct Seen {
    std::optional<CanPacket> frame;
    bool held_back = false;  // nobody has been told of it yet
  };

  void compare(std::size_t mask, const CanPacket& packet);
  void take(Seen& seen, const CanPacket& packet);
  void tell_changed(Seen& seen);
  // Tells what has been held back; false if that is nothing.
  bool tell_held_back();
  void silence();
  void throttle_passed();

  std::vector<Seen> seen_;
  std::optional<std::int64_t> last_told_;
  Timer silence_;
  Timer throttle_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_RECEPTION_H_
