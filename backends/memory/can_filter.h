// Which frames a CAN_RAW socket hears: struct can_filter of linux/can.h.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_FILTER_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_FILTER_H_

#include <cstdint>

#include "everysock/constants/can.h"

namespace everysock::memory {

struct CanFilter {
  // In an identifier: the filter takes what does not match (CAN_INV_FILTER, the number of can_err_flag).
  static constexpr std::uint32_t inverted = can_err_flag;

  std::uint32_t id = 0;
  std::uint32_t mask = 0;

  bool takes(std::uint32_t frame_id) const noexcept {
    // A mask that asks for error frames is one of error classes, and no other filter sees error frames.
    if ((mask & can_err_flag) != 0) return (frame_id & can_err_flag) != 0 && (frame_id & mask & can_err_mask) != 0;
    if ((frame_id & can_err_flag) != 0) return false;
    std::uint32_t bits = mask;
    const bool standard_only = (mask & can_eff_flag) != 0 && (id & can_eff_flag) == 0;
    if (standard_only) bits &= can_sff_mask | can_eff_flag | can_rtr_flag;
    return ((frame_id & bits) == (id & bits)) != ((id & inverted) != 0);
  }
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_FILTER_H_
