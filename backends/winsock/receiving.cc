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

constexpr Operation kOperation = Operation::recv;

// No message carries more ancillary data, so that more room need not be made.
constexpr std::size_t kMostControl = std::size_t{64} * 1024;

std::size_t total(std::span<const MutableBuffer> buffers) noexcept {
  std::size_t size = 0;
  for (const MutableBuffer& buffer : buffers) size += buffer.size();
  return size;
}

// What a receive call means that gave `code`: Winsock fails where other systems answer.
Result<std::size_t> received(SOCKET socket, int code, std::size_t size, ReceiveRequest& request) {
  switch (code) {
    case 0:
      return size;
    case WSAEMSGSIZE:  // a datagram longer than the buffers, which are full of it
      request.received_flags |= msg_trunc;
      return total(request.buffers);
    case WSA_OPERATION_ABORTED:  // by shutdown() or by close()
      if (ended(socket).receiving) return 0;
      return Unexpected(socket_error(kOperation, socket, code));
    case WSAESHUTDOWN:  // for reading: the end of the stream
    case WSAEDISCON:
      return 0;
    default:
      return Unexpected(socket_error(kOperation, socket, code));
  }
}

// Winsock gives it out by request alone. All of Microsoft's providers have the same.
LPFN_WSARECVMSG receive_message_function(SOCKET socket) noexcept {
  static const LPFN_WSARECVMSG function = [&] {
    GUID identifier = WSAID_WSARECVMSG;
    LPFN_WSARECVMSG found = nullptr;
    DWORD size = 0;
    (void)::WSAIoctl(socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &identifier, sizeof(identifier), &found, sizeof(found),
                     &size, nullptr, nullptr);
    return found;
  }();
  return function;
}

Result<std::size_t> receive_message(SOCKET socket, ReceiveRequest& request, int flags) {
  const LPFN_WSARECVMSG function = receive_message_function(socket);
  if (function == nullptr) return fail(kOperation, Errc::eopnotsupp);
  NativeAddress address;
  Buffers buffers = native_buffers(request.buffers);
  absl::InlinedVector<char, 512> control(std::min(request.control_capacity, kMostControl));
  WSAMSG message{};
  message.name = address.get();
  message.namelen = address.size;
  message.lpBuffers = buffers.data();
  message.dwBufferCount = static_cast<DWORD>(buffers.size());
  message.Control = {static_cast<u_long>(control.size()), control.data()};
  message.dwFlags = static_cast<DWORD>(flags);
  DWORD size = 0;
  const int code = function(socket, &message, &size, nullptr, nullptr) == 0 ? 0 : ::WSAGetLastError();
  const auto result = received(socket, code, size, request);
  if (!result) return result;
  request.received_flags |= platform::portable_message_flags(static_cast<int>(message.dwFlags));
  decode_control(message, *request.control);
  if (request.address != nullptr) {
    address.size = message.namelen;
    *request.address = from_native(address);
  }
  return result;
}

Result<std::size_t> receive_buffers(SOCKET socket, ReceiveRequest& request, int native_flags) {
  NativeAddress address;
  Buffers buffers = native_buffers(request.buffers);
  DWORD size = 0;
  auto flags = static_cast<DWORD>(native_flags);
  const bool addressed = request.address != nullptr;
  const bool failed =
      ::WSARecvFrom(socket, buffers.data(), static_cast<DWORD>(buffers.size()), &size, &flags,
                    addressed ? address.get() : nullptr, addressed ? &address.size : nullptr, nullptr, nullptr) != 0;
  const auto result = received(socket, failed ? ::WSAGetLastError() : 0, size, request);
  if (result && addressed) *request.address = from_native(address);
  return result;
}

bool has_urgent_data(SOCKET socket) noexcept {
  fd_set urgent;
  FD_ZERO(&urgent);
  FD_SET(socket, &urgent);
  timeval at_once{};
  return ::select(0, nullptr, nullptr, &urgent, &at_once) == 1;
}

}  // namespace

Result<std::size_t> WinsockBackend::receive(Handle handle, ReceiveRequest& request) {
  const SOCKET socket = socket_of(handle);
  request.received_flags = {};
  if (request.flags.has(msg_errqueue)) return fail(kOperation, Errc::eagain);  // nothing ever comes there
  auto flags = platform::native_message_flags(request.flags);
  if (!flags) return fail(kOperation, Errc::eopnotsupp);
  // Winsock takes the flag on blocking sockets alone, and on others it would change nothing.
  if (request.flags.has(msg_waitall) && !is_blocking(socket)) *flags &= ~MSG_WAITALL;
  // Winsock would wait for urgent data.
  if (request.flags.has(msg_oob) && !has_urgent_data(socket)) return fail(kOperation, Errc::einval);
  if (request.control != nullptr) {
    const int kind = kind_of(socket);
    if (kind == SOCK_DGRAM || kind == SOCK_RAW) return receive_message(socket, request, *flags);
    return receive_buffers(socket, request, *flags);  // streams carry none
  }
  if (request.buffers.size() != 1) return receive_buffers(socket, request, *flags);
  const MutableBuffer buffer = request.buffers.front();
  auto* data = static_cast<char*>(buffer.data());
  const int size = counted(buffer.size());
  if (request.address == nullptr) {
    const int got = ::recv(socket, data, size, *flags);
    if (got >= 0) return static_cast<std::size_t>(got);
    return received(socket, ::WSAGetLastError(), 0, request);
  }
  NativeAddress address;
  const int got = ::recvfrom(socket, data, size, *flags, address.get(), &address.size);
  const auto result = received(socket, got < 0 ? ::WSAGetLastError() : 0, static_cast<std::size_t>(got), request);
  if (result) *request.address = from_native(address);
  return result;
}

}  // namespace everysock::winsock
