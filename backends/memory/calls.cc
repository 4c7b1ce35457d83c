// Names, connections, data and options: one try by the socket, and the waiting around it.
#include <algorithm>
#include <utility>

#include "backends/memory/backend.h"
#include "backends/memory/blocking.h"
#include "everysock/control_room.h"

namespace everysock::memory {

Result<void> MemoryBackend::bind(Handle handle, const Address& address) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::bind, Errc::ebadf);
  return socket->bind(address);
}

Result<void> MemoryBackend::listen(Handle handle, int backlog) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::listen, Errc::ebadf);
  return socket->listen(backlog);
}

Result<Handle> MemoryBackend::accept(Handle handle, Address* peer) {
  constexpr Operation kOperation = Operation::accept;
  Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(kOperation, Errc::ebadf);
  BlockingCall call(session, *socket, !socket->nonblocking, socket->options().receive_timeout);
  for (;;) {
    if (machine_.handles().full()) return fail(kOperation, Errc::emfile);
    auto accepted = socket->accept(peer);
    if (accepted) return machine_.handles().add(std::move(*accepted), kOperation);
    if (accepted.error() != Errc::eagain) return Unexpected(accepted.error());
    if (call.waits() && socket->receives_nothing_more()) return fail(kOperation, Errc::einval);
    if (const Errc error = call.wait(Interest::read); error != Errc::ok) return fail(kOperation, error);
  }
}

Result<void> MemoryBackend::connect(Handle handle, const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(kOperation, Errc::ebadf);
  BlockingCall call(session, *socket, !socket->nonblocking, socket->options().send_timeout);
  for (;;) {
    auto connected = socket->connect(address);
    if (connected) return connected;
    const Error error = connected.error();
    const bool under_way = error == Errc::einprogress || error == Errc::ealready;
    if (!under_way && error != Errc::eagain) return connected;
    if (!call.waits()) {
      if (error != Errc::einprogress) network_->look_was_vain(session);
      return connected;
    }
    if (under_way && !socket->connecting()) continue;
    const std::shared_ptr<KernelSocket> watched = socket->waited_for();
    const Errc outcome = call.wait(*watched, Interest::write);
    if (outcome == Errc::eagain && under_way) return fail(kOperation, Errc::einprogress);
    if (outcome != Errc::ok) return fail(kOperation, outcome);
  }
}

Result<void> MemoryBackend::shutdown(Handle handle, ShutdownHow how) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::shutdown, Errc::ebadf);
  return socket->shutdown(how);
}

Result<Address> MemoryBackend::local_address(Handle handle) {
  const Session session(*network_);
  const KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::getsockname, Errc::ebadf);
  return socket->local_address();
}

Result<Address> MemoryBackend::peer_address(Handle handle) {
  const Session session(*network_);
  const KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::getpeername, Errc::ebadf);
  return socket->peer_address();
}

Result<std::size_t> MemoryBackend::send(Handle handle, const SendRequest& request) {
  constexpr Operation kOperation = Operation::send;
  Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(kOperation, Errc::ebadf);
  // As UIO_MAXIOV.
  if (request.buffers.size() > 1024) return fail(kOperation, Errc::emsgsize);
  if (control_space(request.control) > most_control) return fail(kOperation, Errc::enobufs);
  BlockingCall call(session, *socket, !socket->nonblocking && !request.flags.has(msg_dontwait),
                    socket->options().send_timeout);
  Gather data(request.buffers);
  for (;;) {
    const std::size_t before = data.taken();
    const auto sent = socket->send(request, data, before > 0);
    if (sent) {
      // A stream that blocks goes on until everything has gone.
      if (data.left() == 0 || *sent == 0 || !socket->is_byte_stream() || !call.waits()) {
        return socket->is_byte_stream() ? data.taken() : *sent;
      }
      continue;
    }
    if (sent.error() != Errc::eagain) return Unexpected(sent.error());
    const std::shared_ptr<KernelSocket> watched = socket->waited_for();
    const Errc outcome = call.wait(*watched, Interest::write);
    if (outcome != Errc::ok) return before > 0 ? Result<std::size_t>(before) : fail(kOperation, outcome);
  }
}

Result<std::size_t> MemoryBackend::receive(Handle handle, ReceiveRequest& request) {
  constexpr Operation kOperation = Operation::recv;
  Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(kOperation, Errc::ebadf);
  if (request.buffers.size() > 1024) return fail(kOperation, Errc::emsgsize);
  request.received_flags = request.flags & msg_cmsg_cloexec;  // as Linux shows it
  if (request.address != nullptr) *request.address = std::monostate();
  // Nobody waits for errors. AF_UNIX has no queue of them and does not look at the flag.
  const bool asks_for_errors = request.flags.has(msg_errqueue) && !is_unix(socket->socket_class());
  BlockingCall call(session, *socket, !socket->nonblocking && !request.flags.has(msg_dontwait) && !asks_for_errors,
                    socket->options().receive_timeout);
  Scatter room(request.buffers);
  // How much a stream waits for.
  std::size_t wanted = 0;
  const bool peek = request.flags.has(msg_peek);
  if (socket->is_byte_stream() && !request.flags.has(msg_oob)) {
    const auto low_water = static_cast<std::size_t>(socket->options().receive_low_water);
    wanted = request.flags.has(msg_waitall) ? room.total() : std::min(low_water, room.total());
  }
  std::size_t total = 0;
  for (;;) {
    // What is only looked at cannot be collected piece by piece.
    const bool early = peek && wanted > 1 && call.waits() && !socket->has_received(wanted);
    if (!early) {
      const auto received = socket->receive(request, room, total > 0);
      if (received) {
        total += *received;
        if (total >= wanted || *received == 0 || !call.waits() || peek) return total;
        continue;
      }
      if (received.error() != Errc::eagain) return Unexpected(received.error());
      if (call.waits() && socket->receives_nothing_more()) return total;
    }
    const Errc outcome = call.wait(Interest::read);
    if (outcome == Errc::ok) continue;
    if (total > 0) return total;
    // The time is up: what there is must do.
    if (early && outcome == Errc::eagain) return socket->receive(request, room, false);
    return fail(kOperation, outcome);
  }
}

Result<std::size_t> MemoryBackend::get_option(Handle handle, OptionLevel level, Option option,
                                              std::span<std::byte> value) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::getsockopt, Errc::ebadf);
  level = portable_level(level);
  return socket->get_option(level, portable_option(level, option), value);
}

Result<void> MemoryBackend::set_option(Handle handle, OptionLevel level, Option option,
                                       std::span<const std::byte> value) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::setsockopt, Errc::ebadf);
  level = portable_level(level);
  return socket->set_option(level, portable_option(level, option), value);
}

}  // namespace everysock::memory
