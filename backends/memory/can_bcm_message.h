// Messages to and from the broadcast manager: struct bcm_msg_head of linux/can/bcm.h on a 64-bit system, and frames
// behind it.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_MESSAGE_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "backends/memory/can_packet.h"

namespace everysock::memory {

// struct bcm_timeval.
struct CanBcmTime {
  std::int64_t seconds = 0;
  std::int64_t microseconds = 0;

  bool is_sound() const noexcept {
    constexpr std::int64_t kMost = 400ll * 24 * 3600;  // BCM_TIMER_SEC_MAX
    return seconds >= 0 && seconds <= kMost && microseconds >= 0 && microseconds < 1'000'000;
  }
  std::int64_t nanoseconds() const noexcept { return seconds * 1'000'000'000 + microseconds * 1000; }
};

struct CanBcmHead {
  std::uint32_t operation = 0;
  std::uint32_t flags = 0;
  std::uint32_t count = 0;
  std::uint32_t padding = 0;
  CanBcmTime first_interval;
  CanBcmTime second_interval;
  std::uint32_t id = 0;
  std::uint32_t frames = 0;

  bool has(std::uint32_t flag) const noexcept { return (flags & flag) != 0; }
  std::size_t frame_size() const noexcept {
    return has(can_bcm_can_fd_frame) ? CanPacket::kFdSize : CanPacket::kClassicSize;
  }
};
static_assert(sizeof(CanBcmHead) == 56);

// The bytes of a message with these frames, which there are head.frames of.
std::string can_bcm_bytes(const CanBcmHead& head, const std::vector<CanPacket>& frames);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_MESSAGE_H_
