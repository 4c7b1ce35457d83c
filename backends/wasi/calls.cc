// The calls on one handle. Where a socket would have to wait, and is in blocking mode, it is waited for here.
#include <algorithm>
#include <utility>
#include <vector>

#include "backends/wasi/backend.h"
#include "backends/wasi/buffers.h"
#include "backends/wasi/poller.h"
#include "backends/wasi/waiting.h"
#include "everysock/control_room.h"

namespace everysock::wasi {
namespace {

constexpr std::size_t kMostBuffers = 1024;  // IOV_MAX

bool would_block(const Error& error) { return error == Errc::eagain; }

bool is_stream(const Socket& socket) { return socket.kind() == sock_stream; }

// What is left of `buffers` behind the first `skip` bytes.
template <typename Buffer, typename Cut>
std::vector<Buffer> rest(std::span<const Buffer> buffers, std::size_t skip, Cut cut) {
  std::vector<Buffer> left;
  for (const Buffer& buffer : buffers) {
    const std::size_t gone = std::min(skip, buffer.size());
    skip -= gone;
    if (gone < buffer.size()) left.push_back(cut(buffer, gone));
  }
  return left;
}

}  // namespace

template <typename Attempt>
auto WasiBackend::until_done(Socket& socket, Interest interest, bool waits, Attempt attempt) -> decltype(attempt()) {
  const std::int64_t timeout = interest == Interest::read ? socket.receive_timeout : socket.send_timeout;
  const Deadline deadline = timeout == 0 ? Deadline::never() : Deadline::after(monotonic_now(), timeout * 1000);
  for (;;) {
    sockets_.settle();
    auto result = attempt();
    if (result || !would_block(result.error()) || !waits) return result;
    Watch watch{&socket, interest};
    const auto waited = wait_settling({&watch, 1}, deadline);
    if (!waited) return Unexpected(waited.error().in(result.error().operation()));
    if (*waited == 0) return result;
  }
}

// While sockets that are closed still send, it is seen to now and then.
Result<std::size_t> WasiBackend::wait_settling(std::span<Watch> watches, Deadline deadline) {
  constexpr std::int64_t kInterval = 10'000'000;
  while (!sockets_.settle() && deadline != Deadline::passed()) {
    const Deadline next = Deadline::after(monotonic_now(), kInterval);
    const bool last = deadline.nanoseconds() <= next.nanoseconds();
    const auto waited = wait_for(watches, last ? deadline : next);
    if (!waited || *waited != 0 || last) return waited;
  }
  return wait_for(watches, deadline);
}

Result<void> WasiBackend::bind(Handle handle, const Address& address) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::bind, Errc::ebadf);
  return socket->bind(address);
}

Result<void> WasiBackend::listen(Handle handle, int backlog) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::listen, Errc::ebadf);
  return socket->listen(backlog);
}

Result<Handle> WasiBackend::accept(Handle handle, Address* peer) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::accept, Errc::ebadf);
  auto accepted = until_done(*socket, Interest::read, socket->blocking, [&] { return socket->accept(peer); });
  if (!accepted) return Unexpected(accepted.error());
  return sockets_.add(*std::move(accepted));
}

Result<void> WasiBackend::connect(Handle handle, const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const auto socket = find(handle);
  if (!socket) return fail(kOperation, Errc::ebadf);
  const auto started = socket->connect(address);
  if (started || !(started.error() == Errc::einprogress) || !socket->blocking) return started;
  Watch watch{socket.get(), Interest::write};
  if (const auto waited = wait_settling({&watch, 1}, Deadline::never()); !waited) {
    return Unexpected(waited.error().in(kOperation));
  }
  if (const Errc error = socket->take_error(); error != Errc::ok) return fail(kOperation, error);
  return {};
}

Result<void> WasiBackend::shutdown(Handle handle, ShutdownHow how) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::shutdown, Errc::ebadf);
  const auto done = socket->shutdown(how);
  if (done && !socket->is_drained()) sockets_.settle_later(socket);
  return done;
}

Result<Address> WasiBackend::local_address(Handle handle) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::getsockname, Errc::ebadf);
  return socket->local_address();
}

Result<Address> WasiBackend::peer_address(Handle handle) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::getpeername, Errc::ebadf);
  return socket->peer_address();
}

// A blocking stream takes everything.
Result<std::size_t> WasiBackend::send(Handle handle, const SendRequest& request) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::send, Errc::ebadf);
  if (request.buffers.size() > kMostBuffers) return fail(Operation::send, Errc::emsgsize);
  if (control_space(request.control) > most_control) return fail(Operation::send, Errc::enobufs);
  const bool waits = socket->blocking && !request.flags.has(msg_dontwait);
  Result<std::size_t> sent = until_done(*socket, Interest::write, waits, [&] { return socket->send(request); });
  if (!sent || !waits || !is_stream(*socket)) return sent;
  const std::size_t whole = total_size(request.buffers);
  while (*sent < whole) {
    const auto left =
        rest(request.buffers, *sent, [](const ConstBuffer& buffer, std::size_t gone) { return buffer.subspan(gone); });
    SendRequest further = request;
    further.buffers = left;
    further.control = {};  // it went with the first of the bytes
    const auto more = until_done(*socket, Interest::write, waits, [&] { return socket->send(further); });
    if (!more) return sent;  // the next call says why
    *sent += *more;
  }
  return sent;
}

Result<std::size_t> WasiBackend::receive(Handle handle, ReceiveRequest& request) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::recv, Errc::ebadf);
  if (request.buffers.size() > kMostBuffers) return fail(Operation::recv, Errc::emsgsize);
  if (request.flags.has(msg_errqueue)) return fail(Operation::recv, Errc::eagain);  // nothing ever comes there
  request.received_flags = request.flags & msg_cmsg_cloexec;                        // as Linux shows it
  const std::size_t items = request.control == nullptr ? 0 : request.control->size();
  const bool waits = socket->blocking && !request.flags.has(msg_dontwait);
  Result<std::size_t> received = until_done(*socket, Interest::read, waits, [&] { return socket->receive(request); });
  const bool all = request.flags.has(msg_waitall) && !request.flags.has(msg_peek);
  if (!received || !waits || !all || !is_stream(*socket)) return received;
  const std::size_t wanted = total_size(request.buffers);
  // A message with handles ends the call, however much was asked for.
  const auto has_control = [&] {
    return (request.control != nullptr && request.control->size() > items) || request.received_flags.has(msg_ctrunc);
  };
  while (*received < wanted && !has_control()) {
    const auto left = rest(request.buffers, *received, [](const MutableBuffer& buffer, std::size_t gone) {
      return MutableBuffer(static_cast<char*>(buffer.data()) + gone, buffer.size() - gone);
    });
    ReceiveRequest further = request;
    further.buffers = left;
    const auto more = until_done(*socket, Interest::read, waits, [&] { return socket->receive(further); });
    if (!more || *more == 0) return received;
    request.received_flags |= further.received_flags;
    *received += *more;
  }
  return received;
}

Result<std::size_t> WasiBackend::get_option(Handle handle, OptionLevel level, Option option,
                                            std::span<std::byte> value) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::getsockopt, Errc::ebadf);
  return socket->get_option(level, option, value);
}

Result<void> WasiBackend::set_option(Handle handle, OptionLevel level, Option option,
                                     std::span<const std::byte> value) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::setsockopt, Errc::ebadf);
  return socket->set_option(level, option, value);
}

Result<std::size_t> WasiBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  std::vector<std::shared_ptr<Socket>> sockets;
  std::vector<Watch> watches;
  for (const WaitItem& item : items) {
    sockets.push_back(find(item.handle));
    if (!sockets.back()) return fail(Operation::select, Errc::ebadf);
    watches.push_back({sockets.back().get(), item.interest});
  }
  const auto waited = wait_settling(watches, deadline);
  for (std::size_t i = 0; i < items.size(); ++i) items[i].ready = watches[i].ready;
  return waited;
}

Result<std::unique_ptr<Poller>> WasiBackend::new_poller() { return std::make_unique<WasiPoller>(*this); }

}  // namespace everysock::wasi
