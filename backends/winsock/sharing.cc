// One socket under several handles, of this process or another one.
#include <cstring>

#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

Result<WSAPROTOCOL_INFOW> described_for(Operation operation, SOCKET socket, DWORD process_id) {
  WSAPROTOCOL_INFOW info;
  if (::WSADuplicateSocketW(socket, process_id, &info) != 0) return Unexpected(last_error(operation, socket));
  return info;
}

Result<SOCKET> open_described(Operation operation, WSAPROTOCOL_INFOW info) {
  const SOCKET socket = ::WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                                     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (socket == INVALID_SOCKET) return Unexpected(last_error(operation, socket));
  // Said again: a description is taken as it was written.
  ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
  return socket;
}

}  // namespace

Result<Handle> WinsockBackend::duplicate(Handle handle) {
  constexpr Operation kOperation = Operation::dup;
  const auto info = described_for(kOperation, socket_of(handle), ::GetCurrentProcessId());
  if (!info) return Unexpected(info.error());
  const auto socket = open_described(kOperation, *info);
  if (!socket) return Unexpected(socket.error());
  share_state(socket_of(handle), *socket);
  return to_handle(*socket);
}

Result<std::string> WinsockBackend::share(Handle handle, std::uint32_t process_id) {
  const auto info = described_for(Operation::share, socket_of(handle), process_id);
  if (!info) return Unexpected(info.error());
  return std::string(reinterpret_cast<const char*>(&*info), sizeof(*info));
}

Result<SharedHandle> WinsockBackend::adopt_shared(std::string_view data) {
  constexpr Operation kOperation = Operation::fromshare;
  WSAPROTOCOL_INFOW info;
  if (data.size() != sizeof(info)) return fail(kOperation, UsageErrc::share_length, std::int32_t{sizeof(info)});
  std::memcpy(&info, data.data(), sizeof(info));
  const auto socket = open_described(kOperation, info);
  if (!socket) return Unexpected(socket.error());
  forget_state(*socket);
  return SharedHandle{to_handle(*socket), platform::portable_family(info.iAddressFamily),
                      platform::portable_kind(info.iSocketType), Protocol(static_cast<std::uint32_t>(info.iProtocol))};
}

}  // namespace everysock::winsock
