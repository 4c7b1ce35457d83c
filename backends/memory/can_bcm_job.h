// One job of a broadcast manager: an identifier on a bus that it sends by itself, or watches.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_JOB_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_JOB_H_

#include <cstdint>
#include <string>
#include <vector>

#include "backends/memory/can_bcm_message.h"
#include "backends/memory/can_socket.h"

namespace everysock::memory {

class CanBcmJob {
 public:
  CanBcmJob(CanSocket& owner, std::uint32_t interface, const CanBcmHead& head)
      : owner_(owner), interface_(interface), id_(head.id), frame_size_(head.frame_size()) {}
  virtual ~CanBcmJob() = default;

  // Whether a message with this head is about this job.
  bool is_for(const CanBcmHead& head, std::uint32_t interface) const noexcept {
    return head.id == id_ && interface == interface_ && head.frame_size() == frame_size_;
  }
  std::size_t frames() const noexcept { return frames_.size(); }
  // Puts the job's state into the owner's inbox, as a message of this operation.
  void tell_status(std::uint32_t operation) const { tell(operation, frames_); }

 protected:
  void tell(std::uint32_t operation, const std::vector<CanPacket>& frames) const {
    CanBcmHead head{.operation = operation,
                    .flags = flags_,
                    .count = count_,
                    .first_interval = first_interval_,
                    .second_interval = second_interval_,
                    .id = id_,
                    .frames = static_cast<std::uint32_t>(frames.size())};
    owner_.deliver(can_bcm_bytes(head, frames), heard_on_);
  }
  bool has(std::uint32_t flag) const noexcept { return (flags_ & flag) != 0; }
  void send_frame(const CanPacket& frame) const {
    // Nobody is there to be told of a frame that cannot be sent.
    if (interface_ != 0) static_cast<void>(owner_.buses().send(frame, interface_, owner_));
  }

  CanSocket& owner_;
  const std::uint32_t interface_;
  const std::uint32_t id_;
  const std::size_t frame_size_;
  std::uint32_t heard_on_ = 0;  // the interface that messages of this job name
  std::uint32_t flags_ = 0;
  std::uint32_t count_ = 0;
  CanBcmTime first_interval_;
  CanBcmTime second_interval_;
  std::vector<CanPacket> frames_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_JOB_H_
