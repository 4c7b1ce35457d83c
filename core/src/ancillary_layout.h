// How much room control messages take, in the layout of control_message.h.
#ifndef EVERYSOCK_CORE_ANCILLARY_LAYOUT_H_
#define EVERYSOCK_CORE_ANCILLARY_LAYOUT_H_

#include <cstddef>
#include <cstdint>

#include "everysock/error.h"

namespace everysock::internal {

// What CMSG_LEN, CMSG_SPACE, recvmsg and sendmsg can count to: the smaller one of INT_MAX and the largest socklen_t.
inline constexpr std::ptrdiff_t ancillary_limit = INT32_MAX;
inline constexpr std::ptrdiff_t control_header = 16;

constexpr std::ptrdiff_t control_space(std::ptrdiff_t length) noexcept { return control_header + (length + 7) / 8 * 8; }

// The space of several items, as far as it stays within the limit.
class AncillarySize {
 public:
  // A usage error once it is too much.
  Result<void> add(Operation operation, std::size_t data_size) noexcept {
    const bool countable = data_size <= static_cast<std::size_t>(ancillary_limit - control_space(1));
    if (countable) size_ += control_space(static_cast<std::ptrdiff_t>(data_size));
    if (!countable || size_ > ancillary_limit) return fail(operation, UsageErrc::ancillary_too_large);
    return {};
  }

 private:
  std::ptrdiff_t size_ = 0;
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_ANCILLARY_LAYOUT_H_
