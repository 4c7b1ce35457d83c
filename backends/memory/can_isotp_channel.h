// What both directions of a CAN_ISOTP socket need to know: its options, its identifiers, and how frames are made.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_CHANNEL_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_CHANNEL_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "backends/memory/can_packet.h"
#include "everysock/can_isotp.h"

namespace everysock::memory {

class CanSocket;

// The upper half of the first byte behind the extended address: what a frame is.
enum class CanIsotpFrame : std::uint8_t { single = 0x00, first = 0x10, consecutive = 0x20, flow_control = 0x30 };

// The lower half of a flow control frame's.
enum class CanIsotpFlow : std::uint8_t { go_on = 0, wait = 1, overflow = 2 };

inline constexpr std::size_t kMostIsotp = 66000;               // bytes of a message
inline constexpr std::int64_t kIsotpPatience = 1'000'000'000;  // for the other end's next frame

// The length of a frame that is filled up: of at least 8 bytes, and of a size that FD has.
std::size_t can_isotp_padded(std::size_t length) noexcept;

class CanIsotpChannel {
 public:
  bool has(std::uint32_t flag) const noexcept { return (options.flags & flag) != 0; }
  bool is_broadcast() const noexcept { return has(can_isotp_sf_broadcast | can_isotp_cf_broadcast); }
  // Where a frame's kind is: behind the extended address, if there is one.
  std::size_t start() const noexcept { return has(can_isotp_extend_addr) ? 1 : 0; }

  // A frame of this data behind the extended address.
  CanPacket packet(std::string_view head, std::string_view data, bool filled_up) const;
  // Whether a frame with this much content is filled up other than the options demand.
  bool badly_padded(const CanPacket& packet, std::size_t content) const noexcept;

  CanIsotpOptions options;
  CanIsotpFlowControl flow_control;
  CanIsotpLinkLayer link;
  std::uint32_t frame_time = 50000;  // nanoseconds
  std::uint32_t tx_stmin = 0;
  std::uint32_t rx_stmin = 0;
  std::uint32_t interface = 0;
  std::uint32_t rx_id = 0;
  std::uint32_t tx_id = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_CHANNEL_H_
