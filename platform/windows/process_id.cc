#include "platform/process_id.h"

#include "platform/windows/winsock_headers.h"

namespace everysock::platform {

std::uint32_t process_id() noexcept { return ::GetCurrentProcessId(); }

}  // namespace everysock::platform
