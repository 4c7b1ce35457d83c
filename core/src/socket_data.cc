// Sending and receiving.
#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <new>

#include "absl/base/attributes.h"

#include "everysock/socket.h"
#include "src/ancillary_layout.h"
#include "src/audit.h"
#include "src/named_error.h"
#include "src/resolve.h"
#include "src/socket_wait.h"

namespace everysock {
namespace {

using internal::first_flag;
using internal::first_foreign_type;
using internal::naming;

Unexpected negative_size(Operation operation, std::ptrdiff_t size) {
  return fail(operation, UsageErrc::negative_size,
              static_cast<std::int32_t>(std::max<std::ptrdiff_t>(size, std::numeric_limits<std::int32_t>::min())));
}

std::int32_t clamp(std::size_t size) { return static_cast<std::int32_t>(std::min<std::size_t>(size, INT32_MAX)); }

template <typename Buffer>
std::size_t total_size(std::span<const Buffer> buffers) {
  std::size_t total = 0;
  for (const Buffer& buffer : buffers) total += buffer.size();
  return total;
}

// Whether `socket` is open and every buffer is there.
template <typename Buffer>
Result<void> check_call(const Socket& socket, Operation operation, std::span<const Buffer> buffers) {
  if (socket.handle() == Handle::invalid) return fail(operation, Errc::ebadf);
  for (const Buffer& buffer : buffers) {
    if (buffer.data() == nullptr && buffer.size() > 0) {
      return fail(operation, UsageErrc::null_buffer, clamp(buffer.size()));
    }
  }
  return {};
}

// Memory for a receive call of `size` bytes: on the stack for the sizes that programs use, and never cleared first.
class ReceiveMemory {
 public:
  // Null where there is not that much memory.
  char* get(std::size_t size) {
    if (size <= sizeof(stack_)) return stack_;
    heap_.reset(new (std::nothrow) char[size]);
    return heap_.get();
  }

 private:
  char stack_[16384];
  std::unique_ptr<char[]> heap_;
};

Result<std::size_t> receive(Socket& socket, Operation operation, ReceiveRequest& request) {
  if (auto good = check_call(socket, operation, request.buffers); !good) return Unexpected(good.error());
  Backend& backend = *socket.backend();
  auto received = SocketIo::run(
      socket, Interest::read, operation, [&] { return backend.receive(socket.handle(), request); },
      [&](std::size_t size) { return size > 0 && size == total_size(request.buffers); });
  if (!received) return Unexpected(naming(received.error(), first_flag(request.flags), backend));
  return received;
}

Result<std::size_t> send(Socket& socket, Operation operation, const SendRequest& request) {
  if (auto good = check_call(socket, operation, request.buffers); !good) return Unexpected(good.error());
  Backend& backend = *socket.backend();
  auto sent = SocketIo::run(
      socket, Interest::write, operation, [&] { return backend.send(socket.handle(), request); },
      [&](std::size_t size) { return size == total_size(request.buffers); });
  if (!sent) {
    const ConstantInfo* const foreign = first_foreign_type(request.control);
    const bool about_control = foreign != nullptr && sent.error() == Errc::enoprotoopt;
    return Unexpected(naming(sent.error(), about_control ? foreign : first_flag(request.flags), backend));
  }
  return sent;
}

// The part of `buffer` that a call with `nbytes` may fill.
Result<MutableBuffer> part_to_fill(Operation operation, MutableBuffer buffer, std::ptrdiff_t nbytes) {
  if (nbytes < 0) return negative_size(operation, nbytes);
  if (nbytes == 0) return buffer;
  if (static_cast<std::size_t>(nbytes) > buffer.size()) {
    return fail(operation, UsageErrc::size_exceeds_buffer, clamp(buffer.size()));
  }
  return buffer.first(static_cast<std::size_t>(nbytes));
}

// Whether send() or recv_into() can end in one call of the backend. They leave no frame of their own then (what needs
// one is kept out of them): after a system call every return costs several nanoseconds (docs/performance.md).
template <typename Buffer>
bool is_plain_call(const Socket& socket, const Buffer& buffer, MessageFlags flags) {
  return !flags && socket.handle() != Handle::invalid && SocketIo::timeout(socket) <= 0 && buffer.data() != nullptr;
}

ABSL_ATTRIBUTE_NOINLINE Result<std::size_t> send_in_any_mode(Socket& socket, ConstBuffer data, MessageFlags flags) {
  constexpr Operation kOperation = Operation::send;
  if (auto good = check_call(socket, kOperation, std::span<const ConstBuffer>(&data, 1)); !good)
    return Unexpected(good.error());
  return SocketIo::run(
      socket, Interest::write, kOperation,
      [&] { return socket.backend()->send_bytes(socket.handle(), data.data(), data.size(), flags, kOperation); },
      [&](std::size_t sent) { return sent == data.size(); });
}

ABSL_ATTRIBUTE_NOINLINE Result<std::size_t> receive_in_any_mode(Socket& socket, MutableBuffer buffer,
                                                                std::ptrdiff_t nbytes, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recv_into;
  const auto part = part_to_fill(kOperation, buffer, nbytes);
  if (!part) return Unexpected(part.error());
  if (auto good = check_call(socket, kOperation, std::span(&*part, 1)); !good) return Unexpected(good.error());
  return SocketIo::run(
      socket, Interest::read, kOperation,
      [&] { return socket.backend()->receive_bytes(socket.handle(), part->data(), part->size(), flags, kOperation); },
      [&](std::size_t received) { return received > 0 && received == part->size(); });
}

}  // namespace

Result<std::size_t> Socket::send(ConstBuffer data, MessageFlags flags) {
  if (!is_plain_call(*this, data, flags)) return send_in_any_mode(*this, data, flags);
  return backend_->send_bytes(handle_, data.data(), data.size(), flags, Operation::send);
}

Result<void> Socket::sendall(ConstBuffer data, MessageFlags flags) {
  constexpr Operation kOperation = Operation::sendall;
  if (auto good = check_call(*this, kOperation, std::span<const ConstBuffer>(&data, 1)); !good) return good;
  const Deadline deadline = SocketIo::deadline(*this);
  while (!data.empty()) {
    const SendRequest request{.buffers = {&data, 1}, .flags = flags};
    const auto attempt = [&] { return backend_->send(handle_, request); };
    const auto all_taken = [&](std::size_t sent) { return sent == data.size(); };
    const auto sent = SocketIo::timeout(*this) > 0
                          ? SocketIo::until(*this, Interest::write, kOperation, deadline, attempt, all_taken)
                          : SocketIo::run(*this, Interest::write, kOperation, attempt, all_taken);
    if (!sent) return Unexpected(sent.error());
    data = data.subspan(*sent);
  }
  return {};
}

Result<std::size_t> Socket::sendto(ConstBuffer data, MessageFlags flags, const Address& address) {
  constexpr Operation kOperation = Operation::sendto;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  const auto send_to = [&](const Address& target) -> Result<std::size_t> {
    const auto allowed = internal::audit<audit::Sendto>(kOperation, *this, address);
    if (!allowed) return Unexpected(allowed.error());
    return everysock::send(*this, kOperation, {.buffers = {&data, 1}, .flags = flags, .address = &target});
  };
  return internal::with_resolved(kOperation, *backend_, family_, proto_, address, send_to);
}

Result<std::size_t> Socket::sendto(ConstBuffer data, MessageFlags flags, const InetAddress& address) {
  return sendto(data, flags, Address(address));
}
Result<std::size_t> Socket::sendto(ConstBuffer data, const Address& address) { return sendto(data, {}, address); }
Result<std::size_t> Socket::sendto(ConstBuffer data, const InetAddress& address) {
  return sendto(data, {}, Address(address));
}

Result<std::size_t> Socket::sendmsg(std::span<const ConstBuffer> buffers, std::span<const ControlMessage> ancdata,
                                    MessageFlags flags, const Address* address) {
  constexpr Operation kOperation = Operation::sendmsg;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  internal::AncillarySize ancillary_size;
  for (const ControlMessage& item : ancdata) {
    if (auto small = ancillary_size.add(kOperation, item.data.size()); !small) return Unexpected(small.error());
  }
  const auto send_to = [&](const Address* target) -> Result<std::size_t> {
    const auto allowed = internal::audit<audit::Sendmsg>(kOperation, *this, address);
    if (!allowed) return Unexpected(allowed.error());
    return everysock::send(*this, kOperation,
                           {.buffers = buffers, .flags = flags, .address = target, .control = ancdata});
  };
  if (address == nullptr) return send_to(nullptr);
  return internal::with_resolved(kOperation, *backend_, family_, proto_, *address,
                                 [&](const Address& target) { return send_to(&target); });
}

Result<std::size_t> Socket::sendmsg(std::initializer_list<ConstBuffer> buffers, std::span<const ControlMessage> ancdata,
                                    MessageFlags flags, const Address* address) {
  return sendmsg(std::span<const ConstBuffer>(buffers.begin(), buffers.size()), ancdata, flags, address);
}

Result<std::string> Socket::recv(std::ptrdiff_t bufsize, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recv;
  if (bufsize < 0) return negative_size(kOperation, bufsize);
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (bufsize == 0) return std::string();
  ReceiveMemory memory;
  const MutableBuffer buffer(memory.get(static_cast<std::size_t>(bufsize)), static_cast<std::size_t>(bufsize));
  if (buffer.data() == nullptr) return fail(kOperation, Errc::enomem);
  ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags};
  const auto received = receive(*this, kOperation, request);
  if (!received) return Unexpected(received.error());
  // With msg_trunc as an argument the length is the whole datagram's.
  return std::string(static_cast<const char*>(buffer.data()), std::min(*received, buffer.size()));
}

Result<std::size_t> Socket::recv_into(MutableBuffer buffer, std::ptrdiff_t nbytes, MessageFlags flags) {
  if (nbytes != 0 || !is_plain_call(*this, buffer, flags)) return receive_in_any_mode(*this, buffer, nbytes, flags);
  return backend_->receive_bytes(handle_, buffer.data(), buffer.size(), flags, Operation::recv_into);
}

Result<Received> Socket::recvfrom(std::ptrdiff_t bufsize, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recvfrom;
  if (bufsize < 0) return negative_size(kOperation, bufsize);
  ReceiveMemory memory;
  const MutableBuffer buffer(memory.get(static_cast<std::size_t>(bufsize)), static_cast<std::size_t>(bufsize));
  if (buffer.data() == nullptr) return fail(kOperation, Errc::enomem);
  Received result;
  ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags, .address = &result.address};
  const auto received = receive(*this, kOperation, request);
  if (!received) return Unexpected(received.error());
  result.data.assign(static_cast<const char*>(buffer.data()), std::min(*received, buffer.size()));
  return result;
}

Result<ReceivedInto> Socket::recvfrom_into(MutableBuffer buffer, std::ptrdiff_t nbytes, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recvfrom_into;
  const auto part = part_to_fill(kOperation, buffer, nbytes);
  if (!part) return Unexpected(part.error());
  Result<ReceivedInto> result{ReceivedInto{}};
  ReceiveRequest request{.buffers = {&*part, 1}, .flags = flags, .address = &result->address};
  const auto received = receive(*this, kOperation, request);
  if (!received) return Unexpected(received.error());
  result->nbytes = *received;
  return result;
}

Result<ReceivedMessage> Socket::recvmsg(std::ptrdiff_t bufsize, std::ptrdiff_t ancbufsize, MessageFlags flags) {
  constexpr Operation kOperation = Operation::recvmsg;
  if (bufsize < 0) return negative_size(kOperation, bufsize);
  ReceiveMemory memory;
  const MutableBuffer buffer(memory.get(static_cast<std::size_t>(bufsize)), static_cast<std::size_t>(bufsize));
  if (buffer.data() == nullptr) return fail(kOperation, Errc::enomem);
  auto message = recvmsg_into(std::span(&buffer, 1), ancbufsize, flags);
  if (!message) return Unexpected(message.error().in(kOperation));
  return ReceivedMessage{std::string(static_cast<const char*>(buffer.data()), std::min(message->nbytes, buffer.size())),
                         std::move(message->ancdata), message->msg_flags, std::move(message->address)};
}

Result<ReceivedMessageInto> Socket::recvmsg_into(std::span<const MutableBuffer> buffers, std::ptrdiff_t ancbufsize,
                                                 MessageFlags flags) {
  constexpr Operation kOperation = Operation::recvmsg_into;
  if (ancbufsize < 0) return negative_size(kOperation, ancbufsize);
  if (ancbufsize > internal::ancillary_limit) return fail(kOperation, UsageErrc::cmsg_length);
  Result<ReceivedMessageInto> message{ReceivedMessageInto{}};
  ReceiveRequest request{.buffers = buffers,
                         .flags = flags,
                         .address = &message->address,
                         .control_capacity = static_cast<std::size_t>(ancbufsize),
                         .control = &message->ancdata};
  const auto received = receive(*this, kOperation, request);
  if (!received) return Unexpected(received.error());
  message->nbytes = *received;
  message->msg_flags = request.received_flags;
  return message;
}

Result<ReceivedMessageInto> Socket::recvmsg_into(std::initializer_list<MutableBuffer> buffers,
                                                 std::ptrdiff_t ancbufsize, MessageFlags flags) {
  return recvmsg_into(std::span<const MutableBuffer>(buffers.begin(), buffers.size()), ancbufsize, flags);
}

}  // namespace everysock
