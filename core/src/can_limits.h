// What a CAN frame of each format can be.
#ifndef EVERYSOCK_CORE_CAN_LIMITS_H_
#define EVERYSOCK_CORE_CAN_LIMITS_H_

#include "everysock/can_frame.h"

namespace everysock::internal {

// Where an XL frame has the number of its virtual network.
inline constexpr std::uint32_t canxl_vcid_mask = 0xff0000;
inline constexpr int canxl_vcid_shift = 16;

constexpr std::size_t max_can_data(CanFormat format) noexcept {
  return format == CanFormat::classic ? 8 : format == CanFormat::fd ? 64 : 2048;
}

// UsageErrc::can_identifier, can_data_length.
Result<void> check_can_frame(const CanFrame& frame);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_CAN_LIMITS_H_
