// What a socket was made as.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_SOCKET_INFO_H_
#define EVERYSOCK_BACKENDS_WINSOCK_SOCKET_INFO_H_

#include <optional>

#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

struct SocketInfo {
  int family;
  int kind;
  int protocol;
};

// Nothing where it is no socket; WSAGetLastError() says why.
std::optional<SocketInfo> socket_info(SOCKET socket) noexcept;

// SO_TYPE, or 0.
int kind_of(SOCKET socket) noexcept;

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_SOCKET_INFO_H_
