#include "platform/process_id.h"

#include <unistd.h>

namespace everysock::platform {

std::uint32_t process_id() noexcept { return static_cast<std::uint32_t>(::getpid()); }

}  // namespace everysock::platform
