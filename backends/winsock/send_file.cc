// TransmitFile().
#include <io.h>

#include <algorithm>

#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/system_handle.h"

namespace everysock::winsock {
namespace {

constexpr Operation kOperation = Operation::sendfile;
constexpr std::int64_t kMost = 0x7ffffffe;  // of one call

// The handle behind a descriptor of the C runtime, where it is that of a file on a disk.
HANDLE disk_file(std::int64_t descriptor) noexcept {
  const int number = static_cast<int>(descriptor);
  if (number != descriptor) return INVALID_HANDLE_VALUE;
  const auto handle = reinterpret_cast<HANDLE>(::_get_osfhandle(number));
  if (handle == INVALID_HANDLE_VALUE || ::GetFileType(handle) != FILE_TYPE_DISK) return INVALID_HANDLE_VALUE;
  return handle;
}

}  // namespace

Result<std::size_t> WinsockBackend::send_file(Handle handle, std::int64_t file, std::int64_t offset,
                                              std::size_t count) {
  const SOCKET socket = socket_of(handle);
  // TransmitFile waits until everything has gone, whatever the mode.
  if (!is_blocking(socket)) return fail(kOperation, Errc::eopnotsupp);
  const HANDLE source = disk_file(file);
  LARGE_INTEGER size;
  if (source == INVALID_HANDLE_VALUE || ::GetFileSizeEx(source, &size) == 0) return fail(kOperation, Errc::eopnotsupp);
  const std::int64_t left = std::max<std::int64_t>(size.QuadPart - offset, 0);
  const auto part = std::min({static_cast<std::int64_t>(std::min<std::size_t>(count, kMost)), left, kMost});
  if (part == 0) return 0;
  const SystemHandle done = new_event();
  if (done.get() == nullptr) return fail(kOperation, Errc::enomem);
  OVERLAPPED overlapped{};
  overlapped.Offset = static_cast<DWORD>(offset);
  overlapped.OffsetHigh = static_cast<DWORD>(offset >> 32);
  overlapped.hEvent = done.get();
  if (::TransmitFile(socket, source, static_cast<DWORD>(part), 0, &overlapped, nullptr, 0) == FALSE &&
      ::WSAGetLastError() != WSA_IO_PENDING) {
    return Unexpected(last_error(kOperation, socket));
  }
  DWORD sent = 0;
  DWORD flags = 0;
  if (::WSAGetOverlappedResult(socket, &overlapped, &sent, TRUE, &flags) == FALSE) {
    return Unexpected(last_error(kOperation, socket));
  }
  return sent;
}

}  // namespace everysock::winsock
