// Sending and receiving. The plain cases use the plain calls: recvmsg and sendmsg cost more than recv and send.
#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>

#include "absl/container/inlined_vector.h"

#include "backends/posix/backend.h"
#include "backends/posix/control_codec.h"
#include "backends/posix/sockaddr/codec.h"
#include "platform/posix/constant_tables.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;
using Vectors = absl::InlinedVector<iovec, 16>;

// No message carries more ancillary data, so that more room need not be made.
constexpr std::size_t kMostControl = std::size_t{64} * 1024;

#ifdef MSG_NOSIGNAL
constexpr int kNoSignal = MSG_NOSIGNAL;
#else
constexpr int kNoSignal = 0;  // SO_NOSIGPIPE is set when the socket is made
#endif

template <typename Buffer>
Vectors vectors(std::span<const Buffer> buffers) {
  Vectors result;
  result.reserve(buffers.size());
  for (const Buffer& buffer : buffers) result.push_back({const_cast<void*>(buffer.data()), buffer.size()});
  return result;
}

Result<std::size_t> size_or_error(Operation operation, ssize_t size) {
  if (size < 0) [[unlikely]]
    return Unexpected(last_error(operation));
  return static_cast<std::size_t>(size);
}

// AF_RDS (EOPNOTSUPP) and AF_QIPCRTR (EINVAL) refuse the flag, and never raise the signal.
bool refuses_no_signal([[maybe_unused]] int fd) noexcept {
#if defined(AF_RDS) && defined(AF_QIPCRTR)
  int family = 0;
  socklen_t size = sizeof(family);
  return ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 && (family == AF_RDS || family == AF_QIPCRTR);
#else
  return false;
#endif
}

// Sends by `call` so that no SIGPIPE is raised.
template <typename Call>
ssize_t without_signal(int fd, int flags, Call call) {
  const ssize_t size = call(flags | kNoSignal);
  if (size >= 0) [[likely]]
    return size;
  const int error = errno;
  if ((error == EOPNOTSUPP || error == EINVAL) && refuses_no_signal(fd)) return call(flags);
  errno = error;
  return size;
}

template <typename Call>
Result<std::size_t> uninterrupted(Operation operation, Call call) {
  for (;;) {
    const ssize_t size = call();
    if (size >= 0) [[likely]]
      return static_cast<std::size_t>(size);
    if (const int error = errno; error != EINTR) return Unexpected(platform::system_error(operation, error));
  }
}

Result<std::size_t> send_message(int fd, const SendRequest& request, const NativeAddress* address, int flags) {
  const auto control = encode_control(request.control);
  if (!control) return Unexpected(control.error());
  Vectors buffers = vectors(request.buffers);
  msghdr message{};
  if (address != nullptr) {
    message.msg_name = const_cast<sockaddr*>(address->get());
    message.msg_namelen = address->size;
  }
  message.msg_iov = buffers.data();
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(buffers.size());
  if (!control->empty()) {
    message.msg_control = const_cast<char*>(control->data());
    message.msg_controllen = static_cast<decltype(message.msg_controllen)>(control->size());
  }
  return size_or_error(Operation::send,
                       without_signal(fd, flags, [&](int all) { return ::sendmsg(fd, &message, all); }));
}

Result<std::size_t> receive_message(int fd, ReceiveRequest& request, int flags) {
  NativeAddress address;
  Vectors buffers = vectors(request.buffers);
  absl::InlinedVector<char, 512> control(std::min(request.control_capacity, kMostControl));
  msghdr message{};
  message.msg_name = address.get();
  message.msg_namelen = address.size;
  message.msg_iov = buffers.data();
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(buffers.size());
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = static_cast<decltype(message.msg_controllen)>(control.size());
  const ssize_t size = ::recvmsg(fd, &message, flags);
  if (size < 0) return Unexpected(last_error(Operation::recv));
  request.received_flags = platform::portable_message_flags(message.msg_flags);
  if (request.control != nullptr && !decode_control(message, *request.control)) request.received_flags |= msg_ctrunc;
  if (request.address != nullptr) {
    address.size = message.msg_namelen;
    *request.address = from_native(address, fd);
  }
  return static_cast<std::size_t>(size);
}

}  // namespace

Result<std::size_t> PosixBackend::send(Handle handle, const SendRequest& request) {
  constexpr Operation kOperation = Operation::send;
  auto flags = platform::native_message_flags(request.flags);
  if (!flags) return fail(kOperation, Errc::eopnotsupp);
  const int fd = descriptor(handle);
  const bool plain = request.buffers.size() == 1 && request.control.empty();
  if (request.address == nullptr) {
    if (!plain) return send_message(fd, request, nullptr, *flags);
    const ConstBuffer buffer = request.buffers.front();
    const auto call = [&](int all) { return ::send(fd, buffer.data(), buffer.size(), all); };
    return size_or_error(kOperation, without_signal(fd, *flags, call));
  }
  const auto address = to_native(kOperation, *request.address, fd);
  if (!address) return Unexpected(address.error());
  if (!plain) return send_message(fd, request, &*address, *flags);
  const ConstBuffer buffer = request.buffers.front();
  const auto call = [&](int all) {
    return ::sendto(fd, buffer.data(), buffer.size(), all, address->get(), address->size);
  };
  return size_or_error(kOperation, without_signal(fd, *flags, call));
}

Result<std::size_t> PosixBackend::receive(Handle handle, ReceiveRequest& request) {
  constexpr Operation kOperation = Operation::recv;
  const auto flags = platform::native_message_flags(request.flags);
  if (!flags) return fail(kOperation, Errc::eopnotsupp);
  const int fd = descriptor(handle);
  if (request.buffers.size() != 1 || request.control != nullptr) return receive_message(fd, request, *flags);
  const MutableBuffer buffer = request.buffers.front();
  if (request.address == nullptr) {
    return size_or_error(kOperation, ::recv(fd, buffer.data(), buffer.size(), *flags));
  }
  NativeAddress address;
  const ssize_t size = ::recvfrom(fd, buffer.data(), buffer.size(), *flags, address.get(), &address.size);
  if (size < 0) return Unexpected(last_error(kOperation));
  *request.address = from_native(address, fd);
  return static_cast<std::size_t>(size);
}

Result<std::size_t> PosixBackend::send_bytes(Handle handle, const void* data, std::size_t size, MessageFlags flags,
                                             Operation operation) {
  const int fd = descriptor(handle);
  if (flags == MessageFlags()) [[likely]]
    return uninterrupted(operation,
                         [=] { return without_signal(fd, 0, [=](int all) { return ::send(fd, data, size, all); }); });
  const auto native = platform::native_message_flags(flags);
  if (!native) return fail(operation, Errc::eopnotsupp);
  return uninterrupted(
      operation, [=] { return without_signal(fd, *native, [=](int all) { return ::send(fd, data, size, all); }); });
}

Result<std::size_t> PosixBackend::receive_bytes(Handle handle, void* data, std::size_t size, MessageFlags flags,
                                                Operation operation) {
  const int fd = descriptor(handle);
  if (flags == MessageFlags()) [[likely]]
    return uninterrupted(operation, [=] { return ::recv(fd, data, size, 0); });
  const auto native = platform::native_message_flags(flags);
  if (!native) return fail(operation, Errc::eopnotsupp);
  return uninterrupted(operation, [=] { return ::recv(fd, data, size, *native); });
}

}  // namespace everysock::posix
