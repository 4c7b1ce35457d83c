// Ancillary data: how much room it takes, and passing descriptors between processes.
//
//   send_fds(channel, {"take this"}, {listener.fileno()}).value();
//   ...
//   ReceivedFds got = recv_fds(channel, 100, 1).value();
//   Socket listener = socket_from_fileno(got.fds.at(0)).value();
//
// Socket::sendmsg() and Socket::recvmsg() carry any ancillary data (control_message.h, control_messages.h).
//
// Source: Python documentation, "Other functions" (spec rows function/CMSG_LEN, CMSG_SPACE, send_fds, recv_fds,
// behaviours B15 and B28 to B32); cmsg(3), unix(7), RFC 3542 section 20.
#ifndef EVERYSOCK_ANCILLARY_H_
#define EVERYSOCK_ANCILLARY_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "everysock/address.h"
#include "everysock/buffer.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock {

class Socket;

// CMSG_LEN: the bytes that an item with `length` bytes of data takes without the padding behind it; as an ancbufsize,
// exact room for one item. CMSG_SPACE: with padding, so that the sum over several items is room for them all (RFC 3542
// asks portable programs to use it for the last one as well). The layout is the library's own on every platform: that
// of Linux on x86-64, a header of 16 bytes and data padded to 8. Usage error: negative, or a result beyond a C int.
Result<std::ptrdiff_t> cmsg_len(std::ptrdiff_t length) noexcept;
Result<std::ptrdiff_t> cmsg_space(std::ptrdiff_t length) noexcept;

// Sends the buffers with copies of the descriptors (SCM_RIGHTS) over an AF_UNIX socket; returns how many bytes of the
// buffers went. The descriptors stay open here. `flags` and `address` as in Socket::sendmsg(). A stream needs at least
// one byte to carry them. As Socket::sendmsg(); EBADF for a descriptor that is not open, ETOOMANYREFS for too many on
// their way; usage errors for more than 253 descriptors, one that is no C int, and a socket of another family.
Result<std::size_t> send_fds(Socket& sock, std::span<const ConstBuffer> buffers, std::span<const std::int64_t> fds,
                             MessageFlags flags = {}, const Address* address = nullptr);
Result<std::size_t> send_fds(Socket& sock, std::initializer_list<ConstBuffer> buffers,
                             std::initializer_list<std::int64_t> fds, MessageFlags flags = {},
                             const Address* address = nullptr);

// What recv_fds() returns.
struct ReceivedFds {
  std::string data;
  // The caller's from now on: socket_from_fileno() takes one up, close() closes it.
  std::vector<std::int64_t> fds;
  MessageFlags msg_flags;
  Address address;
};

// Receives up to `bufsize` bytes and up to `maxfds` descriptors. Of a message with more the excess is closed and
// msg_flags has msg_ctrunc. Other ancillary data is ignored. The descriptors are inherited by child processes unless
// `flags` has msg_cmsg_cloexec. As Socket::recvmsg(); a call that fails leaves no descriptor open; usage errors for a
// negative maxfds or one beyond what a C int can count.
Result<ReceivedFds> recv_fds(Socket& sock, std::ptrdiff_t bufsize, std::ptrdiff_t maxfds, MessageFlags flags = {});

}  // namespace everysock

#endif  // EVERYSOCK_ANCILLARY_H_
