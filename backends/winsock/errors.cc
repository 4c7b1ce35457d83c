#include "backends/winsock/errors.h"

#include "platform/windows/wsa_error.h"

namespace everysock::winsock {
namespace {

bool is_open(SOCKET socket) noexcept {
  if (socket == INVALID_SOCKET) return false;  // which the system takes for this process
  DWORD flags = 0;
  return ::GetHandleInformation(reinterpret_cast<HANDLE>(socket), &flags) != 0;
}

}  // namespace

Error socket_error(Operation operation, SOCKET socket, int code) noexcept {
  if (code == WSAENOTSOCK && !is_open(socket)) return Error(operation, Errc::ebadf);
  // shutdown() ends every call that waits, and this one is to go on.
  if (code == WSA_OPERATION_ABORTED && is_open(socket)) return Error(operation, Errc::eintr);
  return Error(operation, platform::portable_wsa_error(code));
}

Error last_error(Operation operation, SOCKET socket) noexcept {
  return socket_error(operation, socket, ::WSAGetLastError());
}

}  // namespace everysock::winsock
