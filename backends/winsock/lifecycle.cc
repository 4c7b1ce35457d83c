// How sockets come and go.
#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/socket_info.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

HANDLE system_handle(SOCKET socket) noexcept { return reinterpret_cast<HANDLE>(socket); }

// Else a datagram that found no receiver makes the next receive fail, whoever it was for (Microsoft's knowledge base,
// article 263823).
void ignore_unreachable_receivers(SOCKET socket) noexcept {
  BOOL report = FALSE;
  DWORD size = 0;
  (void)::WSAIoctl(socket, SIO_UDP_CONNRESET, &report, sizeof(report), nullptr, 0, &size, nullptr, nullptr);
}

Error system_error(Operation operation, SOCKET socket) noexcept {
  return socket_error(operation, socket, static_cast<int>(::GetLastError()));
}

}  // namespace

Result<Handle> WinsockBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  constexpr Operation kOperation = Operation::socket;
  const auto native_family = platform::native_family(family);
  if (!native_family || *native_family == AF_UNSPEC) return fail(kOperation, Errc::eafnosupport);
  const auto native_kind = platform::native_kind(kind);
  if (!native_kind) return fail(kOperation, Errc::esocktnosupport);
  const auto native_protocol = platform::native_protocol(family, protocol);
  if (!native_protocol) return fail(kOperation, Errc::eprotonosupport);
  const SOCKET socket = ::WSASocketW(*native_family, *native_kind, *native_protocol, nullptr, 0,
                                     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (socket == INVALID_SOCKET) return Unexpected(last_error(kOperation, socket));
  forget_state(socket);
  if (*native_kind == SOCK_DGRAM) ignore_unreachable_receivers(socket);
  if (kind.has(sock_nonblock)) {
    if (const auto done = set_blocking(to_handle(socket), false); !done) {
      ::closesocket(socket);
      return Unexpected(done.error().in(kOperation));
    }
  }
  return to_handle(socket);
}

Result<Handle> WinsockBackend::adopt(std::int64_t native) {
  const auto socket = static_cast<SOCKET>(native);
  if (!socket_info(socket)) return Unexpected(last_error(Operation::socket, socket));
  return to_handle(socket);
}

Result<void> WinsockBackend::close(Handle handle) {
  const SOCKET socket = socket_of(handle);
  // Before the system can give the number to another socket.
  pollers_.forget(handle);
  forget_state(socket);
  if (::closesocket(socket) != 0) return Unexpected(last_error(Operation::close, socket));
  return {};
}

Result<bool> WinsockBackend::inheritable(Handle handle) {
  const SOCKET socket = socket_of(handle);
  DWORD flags = 0;
  if (::GetHandleInformation(system_handle(socket), &flags) == 0) {
    return Unexpected(system_error(Operation::get_inheritable, socket));
  }
  return (flags & HANDLE_FLAG_INHERIT) != 0;
}

Result<void> WinsockBackend::set_inheritable(Handle handle, bool inheritable) {
  const SOCKET socket = socket_of(handle);
  if (::SetHandleInformation(system_handle(socket), HANDLE_FLAG_INHERIT, inheritable ? HANDLE_FLAG_INHERIT : 0) == 0) {
    return Unexpected(system_error(Operation::set_inheritable, socket));
  }
  return {};
}

Result<void> WinsockBackend::set_blocking(Handle handle, bool blocking) {
  const SOCKET socket = socket_of(handle);
  if (!set_blocking_mode(socket, blocking)) return Unexpected(last_error(Operation::setblocking, socket));
  return {};
}

Result<bool> WinsockBackend::blocking(Handle handle) {
  const SOCKET socket = socket_of(handle);
  if (kind_of(socket) == 0) return Unexpected(last_error(Operation::setblocking, socket));
  return is_blocking(socket);
}

}  // namespace everysock::winsock
