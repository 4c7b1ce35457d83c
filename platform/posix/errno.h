// Between the system's error numbers and the portable ones.
#ifndef EVERYSOCK_PLATFORM_POSIX_ERRNO_H_
#define EVERYSOCK_PLATFORM_POSIX_ERRNO_H_

#include "everysock/error.h"

namespace everysock::platform {

// A number without a portable name becomes EIO.
Error system_error(Operation operation, int native_errno) noexcept;
// The present errno.
Error last_error(Operation operation) noexcept;
// A getaddrinfo or getnameinfo failure; EAI_SYSTEM becomes the present errno.
Error gai_error(Operation operation, int native_code) noexcept;
// The portable number of a native errno, as so_error and others hand it to programs.
Errc portable_errno(int native_errno) noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_POSIX_ERRNO_H_
