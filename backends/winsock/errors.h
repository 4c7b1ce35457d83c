// The last failure of a call on a socket.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_ERRORS_H_
#define EVERYSOCK_BACKENDS_WINSOCK_ERRORS_H_

#include "everysock/error.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

// `code` as it is meant for `socket`: Winsock calls a closed socket "not a socket", which is EBADF.
Error socket_error(Operation operation, SOCKET socket, int code) noexcept;
// The same of WSAGetLastError().
Error last_error(Operation operation, SOCKET socket) noexcept;

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_ERRORS_H_
