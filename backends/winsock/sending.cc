#include "backends/winsock/backend.h"
#include "backends/winsock/buffers.h"
#include "backends/winsock/control_codec.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/socket_address.h"
#include "backends/winsock/socket_info.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

constexpr Operation kOperation = Operation::send;

// Why a send failed, as other systems say it.
Error send_error(SOCKET socket, bool addressed) noexcept {
  const int code = ::WSAGetLastError();
  if (code == WSA_OPERATION_ABORTED && ended(socket).sending) return Error(kOperation, Errc::epipe);
  const bool nowhere = code == WSAENOTCONN || code == WSAECONNRESET || (code == WSAEINVAL && !addressed);
  NativeAddress peer;
  if (nowhere && ::getpeername(socket, peer.get(), &peer.size) != 0 && ::WSAGetLastError() == WSAENOTCONN) {
    return Error(kOperation, kind_of(socket) == SOCK_STREAM ? Errc::epipe : Errc::edestaddrreq);
  }
  return socket_error(kOperation, socket, code);
}

Result<std::size_t> sent_or_error(SOCKET socket, int size, bool addressed) {
  if (size < 0) return Unexpected(send_error(socket, addressed));
  return static_cast<std::size_t>(size);
}

Result<std::size_t> send_buffers(SOCKET socket, const SendRequest& request, const NativeAddress* address, int flags) {
  Buffers buffers = native_buffers(request.buffers);
  DWORD sent = 0;
  const int failed = ::WSASendTo(socket, buffers.data(), static_cast<DWORD>(buffers.size()), &sent,
                                 static_cast<DWORD>(flags), address != nullptr ? address->get() : nullptr,
                                 address != nullptr ? address->size : 0, nullptr, nullptr);
  if (failed != 0) return Unexpected(send_error(socket, address != nullptr));
  return sent;
}

// For datagrams: Winsock sends no control data with a stream.
Result<std::size_t> send_message(SOCKET socket, const SendRequest& request, const std::vector<char>& control,
                                 const NativeAddress* address, int flags) {
  Buffers buffers = native_buffers(request.buffers);
  WSAMSG message{};
  if (address != nullptr) {
    message.name = const_cast<sockaddr*>(address->get());
    message.namelen = address->size;
  }
  message.lpBuffers = buffers.data();
  message.dwBufferCount = static_cast<DWORD>(buffers.size());
  message.Control = {static_cast<u_long>(control.size()), const_cast<char*>(control.data())};
  DWORD sent = 0;
  if (::WSASendMsg(socket, &message, static_cast<DWORD>(flags), &sent, nullptr, nullptr) != 0) {
    return Unexpected(send_error(socket, address != nullptr));
  }
  return sent;
}

}  // namespace

Result<std::size_t> WinsockBackend::send(Handle handle, const SendRequest& request) {
  const SOCKET socket = socket_of(handle);
  const auto flags = platform::native_message_flags(request.flags);
  if (!flags) return fail(kOperation, Errc::eopnotsupp);
  NativeAddress address;
  const NativeAddress* to = nullptr;
  if (request.address != nullptr) {
    const auto native = to_native(kOperation, *request.address);
    if (!native) return Unexpected(native.error());
    address = *native;
    to = &address;
  }
  if (!request.control.empty()) {
    const auto control = encode_control(request.control, socket);
    if (!control) return Unexpected(control.error().in(kOperation));
    if (!control->empty()) return send_message(socket, request, *control, to, *flags);
  }
  if (request.buffers.size() != 1) return send_buffers(socket, request, to, *flags);
  const ConstBuffer buffer = request.buffers.front();
  const auto* data = static_cast<const char*>(buffer.data());
  const int size = counted(buffer.size());
  if (to == nullptr) return sent_or_error(socket, ::send(socket, data, size, *flags), false);
  return sent_or_error(socket, ::sendto(socket, data, size, *flags, to->get(), to->size), true);
}

}  // namespace everysock::winsock
