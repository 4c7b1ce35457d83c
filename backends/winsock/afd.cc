#include "backends/winsock/afd.h"

#include <winternl.h>

#include "platform/windows/wsa_error.h"

// Exported by ntdll.dll, and in no header.
extern "C" NTSTATUS NTAPI NtCancelIoFileEx(HANDLE file, PIO_STATUS_BLOCK request, PIO_STATUS_BLOCK status);

namespace everysock::winsock::afd {
namespace {

constexpr ULONG kIoctlPoll = 0x00012024;  // IOCTL_AFD_POLL

static_assert(sizeof(IoStatus) == sizeof(IO_STATUS_BLOCK));
static_assert(sizeof(PollRequest) == 32);

IO_STATUS_BLOCK* native(IoStatus& status) noexcept { return reinterpret_cast<IO_STATUS_BLOCK*>(&status); }

}  // namespace

HANDLE open_driver() noexcept {
  UNICODE_STRING name;
  ::RtlInitUnicodeString(&name, L"\\Device\\Afd\\Everysock");
  OBJECT_ATTRIBUTES attributes{};
  attributes.Length = sizeof(attributes);
  attributes.ObjectName = &name;
  HANDLE driver = nullptr;
  IO_STATUS_BLOCK status{};
  if (::NtCreateFile(&driver, SYNCHRONIZE, &attributes, &status, nullptr, 0, FILE_SHARE_READ | FILE_SHARE_WRITE,
                     FILE_OPEN, 0, nullptr, 0) < 0) {
    return nullptr;
  }
  return driver;
}

NTSTATUS poll(HANDLE driver, HANDLE event, void* context, IoStatus& status, PollRequest& request) noexcept {
  status.status = kPending;
  const auto size = static_cast<ULONG>(sizeof(PollRequest) + (request.count - 1) * sizeof(PolledSocket));
  return ::NtDeviceIoControlFile(driver, event, nullptr, context, native(status), kIoctlPoll, &request, size, &request,
                                 size);
}

void cancel(HANDLE driver, IoStatus& status) noexcept {
  IO_STATUS_BLOCK outcome;
  (void)::NtCancelIoFileEx(driver, native(status), &outcome);
}

SOCKET base_socket(SOCKET socket) noexcept {
  SOCKET base = INVALID_SOCKET;
  DWORD size = 0;
  for (const DWORD question : {DWORD{SIO_BASE_HANDLE}, DWORD{SIO_BSP_HANDLE_POLL}}) {
    if (::WSAIoctl(socket, question, nullptr, 0, &base, sizeof(base), &size, nullptr, nullptr) == 0) return base;
    if (::WSAGetLastError() == WSAENOTSOCK) break;
  }
  return INVALID_SOCKET;
}

ULONG events_of(Interest interest) noexcept {
  ULONG events = kAbort | kConnectFail | kLocalClose;
  if ((interest & Interest::read) != Interest::none) events |= kReceive | kAccept | kDisconnect;
  if ((interest & Interest::write) != Interest::none) events |= kSend;
  return events;
}

Interest ready_of(ULONG events, Interest interest) noexcept {
  if ((events & (kAbort | kConnectFail)) != 0) return interest;
  Interest ready = Interest::none;
  if ((events & (kReceive | kAccept | kDisconnect)) != 0) ready = ready | Interest::read;
  if ((events & kSend) != 0) ready = ready | Interest::write;
  return ready & interest;
}

Errc portable_status(NTSTATUS status) noexcept {
  return platform::portable_wsa_error(static_cast<int>(::RtlNtStatusToDosError(status)));
}

}  // namespace everysock::winsock::afd
