// Readiness of sockets by the driver behind Winsock, \Device\Afd: IOCTL_AFD_POLL, which select() and WSAPoll() are
// made of.
//
// Not WSAPoll() itself: before Windows 10 2004 it never reports a connection attempt that failed, and it takes all
// sockets anew each time. The driver reports every attempt, tells a connection that was reset from one that ended, and
// lets an I/O completion port wait for any number of sockets: what is ready is found in time that does not depend on
// how many are not. libuv, mio and wepoll wait in this way since Windows 7.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_AFD_H_
#define EVERYSOCK_BACKENDS_WINSOCK_AFD_H_

#include "everysock/backend.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::winsock::afd {

struct IoStatus {
  NTSTATUS status;
  ULONG_PTR information;
};

// AFD_POLL_HANDLE_INFO and AFD_POLL_INFO.
struct PolledSocket {
  HANDLE socket;
  ULONG events;
  NTSTATUS status;
};
struct PollRequest {
  LARGE_INTEGER timeout;  // negative: from now on, in units of 100 ns
  ULONG count;
  ULONG exclusive;
  PolledSocket sockets[1];  // `count` of them
};

constexpr NTSTATUS kPending = 0x00000103;
constexpr NTSTATUS kTimeout = 0x00000102;
constexpr NTSTATUS kCancelled = static_cast<NTSTATUS>(0xC0000120);
constexpr LONGLONG kNoTimeout = 0x7fffffffffffffff;
constexpr LONGLONG kAtOnce = -1;  // which 0 may be without a completion

constexpr ULONG kReceive = 0x0001;
constexpr ULONG kSend = 0x0004;
constexpr ULONG kDisconnect = 0x0008;
constexpr ULONG kAbort = 0x0010;
constexpr ULONG kLocalClose = 0x0020;
constexpr ULONG kAccept = 0x0080;
constexpr ULONG kConnectFail = 0x0100;

// A handle of the driver to poll with, for overlapped use; null where there is none.
HANDLE open_driver() noexcept;

// Starts a poll: `event` is set, or where `driver` belongs to a completion port a completion with `context` comes, when
// it has ended; `request` then tells what is ready. kPending, or how it has ended already.
NTSTATUS poll(HANDLE driver, HANDLE event, void* context, IoStatus& status, PollRequest& request) noexcept;
// Ends a poll early, with kCancelled. It has ended when its completion has come.
void cancel(HANDLE driver, IoStatus& status) noexcept;

// The socket of the driver behind `socket`, which may be of a layered provider; INVALID_SOCKET where there is none.
SOCKET base_socket(SOCKET socket) noexcept;

ULONG events_of(Interest interest) noexcept;
Interest ready_of(ULONG events, Interest interest) noexcept;

// The portable error of a status.
Errc portable_status(NTSTATUS status) noexcept;

}  // namespace everysock::winsock::afd

#endif  // EVERYSOCK_BACKENDS_WINSOCK_AFD_H_
