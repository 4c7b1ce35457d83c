// Which process this is, among those of its system.
#ifndef EVERYSOCK_PLATFORM_PROCESS_ID_H_
#define EVERYSOCK_PLATFORM_PROCESS_ID_H_

#include <cstdint>

namespace everysock::platform {

std::uint32_t process_id() noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_PROCESS_ID_H_
