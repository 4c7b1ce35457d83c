#include "backends/winsock/socket_info.h"

namespace everysock::winsock {

std::optional<SocketInfo> socket_info(SOCKET socket) noexcept {
  WSAPROTOCOL_INFOW info;
  int size = sizeof(info);
  if (::getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, reinterpret_cast<char*>(&info), &size) != 0) {
    return std::nullopt;
  }
  return SocketInfo{info.iAddressFamily, info.iSocketType, info.iProtocol};
}

int kind_of(SOCKET socket) noexcept {
  int kind = 0;
  int size = sizeof(kind);
  return ::getsockopt(socket, SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&kind), &size) == 0 ? kind : 0;
}

}  // namespace everysock::winsock
