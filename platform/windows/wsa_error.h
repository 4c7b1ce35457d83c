// Between Winsock's error codes and the portable ones.
#ifndef EVERYSOCK_PLATFORM_WINDOWS_WSA_ERROR_H_
#define EVERYSOCK_PLATFORM_WINDOWS_WSA_ERROR_H_

#include "everysock/error.h"

namespace everysock::platform {

// WSAE* and those codes of the system that Winsock calls give. A code without a portable name becomes EIO.
Errc portable_wsa_error(int code) noexcept;
// A getaddrinfo or getnameinfo failure.
Error wsa_gai_error(Operation operation, int code) noexcept;
// A gethostbyname or gethostbyaddr failure.
Error wsa_host_error(Operation operation, int code) noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_WINDOWS_WSA_ERROR_H_
