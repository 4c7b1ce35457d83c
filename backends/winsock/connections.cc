// Names and connections.
#include <vector>

#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/socket_address.h"
#include "backends/winsock/socket_info.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

// To a port of the system's choice, as listen() does elsewhere.
bool bind_anywhere(SOCKET socket) noexcept {
  const auto info = socket_info(socket);
  if (!info) return false;
  const auto native = to_native(Operation::listen, unbound_address(info->family));
  return native && ::bind(socket, native->get(), native->size) == 0;
}

// 0 is none in particular.
bool has_interface(std::uint32_t scope_id) noexcept {
  NET_LUID luid{};
  return scope_id == 0 || ::ConvertInterfaceIndexToLuid(scope_id, &luid) == NO_ERROR;
}

bool is_listening(SOCKET socket) noexcept {
  BOOL listening = FALSE;
  int size = sizeof(listening);
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, reinterpret_cast<char*>(&listening), &size) == 0 &&
         listening != FALSE;
}

// Ends calls that wait, of any thread of this process: Winsock lets those be that began before shutdown().
void end_calls(SOCKET socket) noexcept { ::CancelIoEx(reinterpret_cast<HANDLE>(socket), nullptr); }

// SO_ERROR of a stream socket, a WSA code; reading takes it away.
int connection_error(SOCKET socket) noexcept {
  int code = 0;
  int size = sizeof(code);
  if (kind_of(socket) != SOCK_STREAM ||
      ::getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&code), &size) != 0) {
    return 0;
  }
  return code;
}

bool has_peer(SOCKET socket) noexcept {
  NativeAddress peer;
  return ::getpeername(socket, peer.get(), &peer.size) == 0;
}

}  // namespace

Result<void> WinsockBackend::bind(Handle handle, const Address& address) {
  const SOCKET socket = socket_of(handle);
  const auto native = to_native(Operation::bind, address);
  if (!native) return Unexpected(native.error());
  if (::bind(socket, native->get(), native->size) == 0) return {};
  const Error error = last_error(Operation::bind, socket);
  const auto* const inet6 = std::get_if<Inet6Address>(&address);
  if (error == Errc::eaddrnotavail && inet6 != nullptr && !has_interface(inet6->scope_id)) {
    return fail(Operation::bind, Errc::enodev);
  }
  return Unexpected(error);
}

Result<void> WinsockBackend::listen(Handle handle, int backlog) {
  const SOCKET socket = socket_of(handle);
  if (::listen(socket, backlog) == 0) return {};
  const Error error = last_error(Operation::listen, socket);
  if (error == Errc::einval && bind_anywhere(socket) && ::listen(socket, backlog) == 0) return {};
  return Unexpected(error);
}

Result<Handle> WinsockBackend::accept(Handle handle, Address* peer) {
  constexpr Operation kOperation = Operation::accept;
  const SOCKET socket = socket_of(handle);
  NativeAddress native;
  const Accepting under_way(socket);
  if (ended(socket).receiving) return fail(kOperation, Errc::einval);
  const SOCKET accepted = ::accept(socket, native.get(), &native.size);
  if (accepted == INVALID_SOCKET) {
    const Error error = last_error(kOperation, socket);
    if (ended(socket).receiving) return fail(kOperation, Errc::einval);
    // The peer has gone before it was accepted.
    return Unexpected(error == Errc::econnreset ? Error(kOperation, Errc::econnaborted) : error);
  }
  // It has the listener's mode, and is open to a process started meanwhile: Winsock has no other way.
  forget_state(accepted);
  ::SetHandleInformation(reinterpret_cast<HANDLE>(accepted), HANDLE_FLAG_INHERIT, 0);
  u_long blocking = 0;
  if (::ioctlsocket(accepted, FIONBIO, &blocking) != 0) {
    const Error error = last_error(kOperation, accepted);
    ::closesocket(accepted);
    return Unexpected(error);
  }
  if (peer != nullptr) *peer = from_native(native);
  return to_handle(accepted);
}

Result<void> WinsockBackend::connect(Handle handle, const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const SOCKET socket = socket_of(handle);
  const auto native = to_native(kOperation, address);
  if (!native) return Unexpected(native.error());
  // To ask again tells how the attempt before ended, as elsewhere; Winsock would make another.
  if (const int failure = connection_error(socket); failure != 0)
    return Unexpected(socket_error(kOperation, socket, failure));
  if (::connect(socket, native->get(), native->size) == 0) return {};
  const int code = ::WSAGetLastError();
  if (code == WSAEWOULDBLOCK) return fail(kOperation, Errc::einprogress);
  if (code == WSAEINVAL && is_listening(socket)) return fail(kOperation, Errc::eisconn);
  return Unexpected(socket_error(kOperation, socket, code));
}

Result<void> WinsockBackend::shutdown(Handle handle, ShutdownHow how) {
  const SOCKET socket = socket_of(handle);
  const auto native = platform::native_shutdown_how(how);
  if (!native) return fail(Operation::shutdown, Errc::einval);
  // Winsock ends datagram sockets that were never connected as well.
  if (kind_of(socket) == SOCK_DGRAM && !has_peer(socket)) return fail(Operation::shutdown, Errc::enotconn);
  const bool listening = is_listening(socket);
  if (!listening && ::shutdown(socket, *native) != 0) return Unexpected(last_error(Operation::shutdown, socket));
  const Directions directions{how != shut_wr, how != shut_rd};
  const std::vector<SOCKET> handles = end(socket, directions);
  for (const SOCKET each : handles) {
    if (directions.receiving) pollers_.receiving_ended(to_handle(each));
    // Not those that send while sending goes on: how much they have sent would be lost.
    if (directions.sending) end_calls(each);
  }
  // Winsock knows no shutdown() of a listener; elsewhere it ends accept().
  while (listening && directions.receiving && is_accepting(socket)) {
    for (const SOCKET each : handles) end_calls(each);
    ::Sleep(1);
  }
  return {};
}

Result<Address> WinsockBackend::local_address(Handle handle) {
  const SOCKET socket = socket_of(handle);
  NativeAddress native;
  if (::getsockname(socket, native.get(), &native.size) == 0) return from_native(native);
  const Error error = last_error(Operation::getsockname, socket);
  if (error != Errc::einval) return Unexpected(error);
  const auto info = socket_info(socket);
  if (!info) return Unexpected(error);
  return unbound_address(info->family);
}

Result<Address> WinsockBackend::peer_address(Handle handle) {
  const SOCKET socket = socket_of(handle);
  NativeAddress native;
  if (::getpeername(socket, native.get(), &native.size) != 0) {
    return Unexpected(last_error(Operation::getpeername, socket));
  }
  return from_native(native);
}

}  // namespace everysock::winsock
