#include "everysock/ancillary.h"

#include <algorithm>

#include "everysock/control_messages.h"
#include "everysock/socket.h"
#include "src/ancillary_layout.h"

namespace everysock {
namespace {

using internal::ancillary_limit;
using internal::control_space;

constexpr std::size_t kMostDescriptors = 253;  // SCM_MAX_FD

}  // namespace

Result<std::ptrdiff_t> cmsg_len(std::ptrdiff_t length) noexcept {
  constexpr std::ptrdiff_t header = internal::control_header;
  if (length < 0 || length > ancillary_limit - header) return fail(Operation::cmsg_len, UsageErrc::cmsg_length);
  return header + length;
}

Result<std::ptrdiff_t> cmsg_space(std::ptrdiff_t length) noexcept {
  // As strict as the documentation: with the padding of one byte, before and behind.
  if (length < 0 || length > ancillary_limit - control_space(1)) {
    return fail(Operation::cmsg_space, UsageErrc::cmsg_length);
  }
  return control_space(length);
}

Result<std::size_t> send_fds(Socket& sock, std::span<const ConstBuffer> buffers, std::span<const std::int64_t> fds,
                             MessageFlags flags, const Address* address) {
  constexpr Operation kOperation = Operation::send_fds;
  if (sock.handle() == Handle::invalid) return fail(kOperation, Errc::ebadf);
  // Over others the system would send the bytes and silently leave the descriptors behind.
  if (sock.family() != af_unix) return fail(kOperation, UsageErrc::family_mismatch);
  if (fds.size() > kMostDescriptors) {
    return fail(kOperation, UsageErrc::descriptor_limit,
                static_cast<std::int32_t>(std::min<std::size_t>(fds.size(), INT32_MAX)));
  }
  for (const std::int64_t fd : fds) {
    if (fd != static_cast<std::int32_t>(fd)) return fail(kOperation, UsageErrc::integer_out_of_range);
  }
  const ControlMessage rights = Rights{{fds.begin(), fds.end()}}.message();
  const auto sent = sock.sendmsg(buffers, {&rights, 1}, flags, address);
  if (!sent) return Unexpected(sent.error().in(kOperation));
  return sent;
}

Result<std::size_t> send_fds(Socket& sock, std::initializer_list<ConstBuffer> buffers,
                             std::initializer_list<std::int64_t> fds, MessageFlags flags, const Address* address) {
  return send_fds(sock, std::span<const ConstBuffer>(buffers.begin(), buffers.size()),
                  std::span<const std::int64_t>(fds.begin(), fds.size()), flags, address);
}

Result<ReceivedFds> recv_fds(Socket& sock, std::ptrdiff_t bufsize, std::ptrdiff_t maxfds, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recv_fds;
  if (maxfds < 0) {
    return fail(kOperation, UsageErrc::descriptor_limit,
                static_cast<std::int32_t>(std::max<std::ptrdiff_t>(maxfds, INT32_MIN)));
  }
  const auto room = cmsg_len(maxfds > ancillary_limit ? maxfds : maxfds * 4);
  if (!room) return Unexpected(room.error().in(kOperation));
  auto message = sock.recvmsg(bufsize, *room, flags);
  if (!message) return Unexpected(message.error().in(kOperation));
  ReceivedFds result{std::move(message->data), {}, message->msg_flags, std::move(message->address)};
  // The system may have put several items into one, or not.
  for (const ControlMessage& item : message->ancdata) {
    const auto rights = Rights::from(item);
    if (!rights) continue;
    result.fds.insert(result.fds.end(), rights->descriptors.begin(), rights->descriptors.end());
  }
  return result;
}

}  // namespace everysock
