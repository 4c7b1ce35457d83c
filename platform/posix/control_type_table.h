// Between the types of control messages and this system's numbers.
#ifndef EVERYSOCK_PLATFORM_POSIX_CONTROL_TYPE_TABLE_H_
#define EVERYSOCK_PLATFORM_POSIX_CONTROL_TYPE_TABLE_H_

#include <optional>

#include "everysock/constants.h"

namespace everysock::platform {

// Nothing where the system lacks the type. Numbers that no table knows are Linux's, and mean something there alone.
std::optional<int> native_control_type(OptionLevel level, ControlType type) noexcept;
// `level` and `type` as the system gave them. A type the library does not know stays the number it is.
ControlType portable_control_type(int level, int type) noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_POSIX_CONTROL_TYPE_TABLE_H_
