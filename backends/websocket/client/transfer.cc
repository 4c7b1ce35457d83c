#include <algorithm>

#include "backends/websocket/client/backend.h"

namespace everysock::websocket {
namespace {

template <typename Buffer>
std::size_t total(std::span<const Buffer> buffers) {
  std::size_t sum = 0;
  for (const Buffer& buffer : buffers) sum += buffer.size();
  return sum;
}

}  // namespace

Result<std::size_t> WebsocketBackend::send(Handle handle, const SendRequest& request) {
  Session::Lock lock(session_);
  const auto found = find(handle, Operation::send);
  if (!found) return Unexpected(found.error());
  const SocketPointer& socket = *found;
  const bool waits = socket->blocking && !request.flags.has(msg_dontwait);
  const std::int64_t timeout = socket->options.send_timeout;
  const auto control = to_wire(*socket, request.control);
  if (!control) return Unexpected(control.error());

  std::size_t sent = 0;
  if (!control->items.empty()) {
    const auto first = send_message(lock, socket, request, *control, waits);
    if (!first || !socket->is_stream() || !waits) return first;
    sent = *first;
    if (sent >= total(request.buffers)) return sent;
  } else if (!socket->is_stream()) {
    const bool asks = lock.may_block() && lock.engine().wants_reply(*socket, request);
    const auto send_packet = [&](Reply* reply) {
      return repeat(lock, socket, waits, timeout,
                    [&] { return lock.engine().send_packet(socket, request, true, reply); });
    };
    Reply reply;
    const auto sent = send_packet(asks ? &reply : nullptr);
    if (!sent || !asks) return sent;
    if (const auto answer = lock.wait(reply); answer) return sent;
    // No room at the receiver's: the message goes to the proxy all the same, to wait there as long as there is credit.
    // So the socket is full when the credit is used up, and ready again when some comes back.
    if (*reply.error != Errc::eagain) return Unexpected(*reply.error);
    return send_packet(nullptr);
  }

  // A blocking stream takes everything before it returns, as systems do.
  const std::size_t size = total(request.buffers);
  for (;;) {
    const auto taken =
        repeat(lock, socket, waits, timeout, [&] { return lock.engine().send_bytes(*socket, request, sent); });
    if (!taken) {
      if (sent > 0) return sent;
      return taken;
    }
    sent += *taken;
    if (*taken == 0 || sent >= size || !waits) return sent;
  }
}

// Always asks: what is wrong with control messages is told at once. As to room, like a datagram of AF_UNIX.
Result<std::size_t> WebsocketBackend::send_message(Session::Lock& lock, const SocketPointer& socket,
                                                   const SendRequest& request, const WireMessages& control,
                                                   bool waits) {
  const auto attempt = [&](Reply* reply) {
    return repeat(lock, socket, waits, socket->options.send_timeout, [&] {
      auto sent = lock.engine().send_message(socket, request, control.items, reply != nullptr, reply);
      if (sent) {
        for (const SocketPointer& passed : control.passed) lock.engine().note_passed(passed);
      }
      return sent;
    });
  };
  if (!lock.may_block()) return attempt(nullptr);
  Reply reply;
  const auto sent = attempt(&reply);
  if (!sent) return sent;
  if (const auto answer = lock.wait(reply); answer) return sent;
  if (*reply.error != Errc::eagain) return Unexpected(*reply.error);
  return attempt(nullptr);
}

Result<std::size_t> WebsocketBackend::receive(Handle handle, ReceiveRequest& request) {
  Session::Lock lock(session_);
  const auto found = find(handle, Operation::recv);
  if (!found) return Unexpected(found.error());
  const SocketPointer& socket = *found;
  // Nobody waits for errors. AF_UNIX has no queue of them and does not look at the flag.
  const bool asks_for_errors = request.flags.has(msg_errqueue) && !socket->is_unix();
  const bool waits = socket->blocking && !request.flags.has(msg_dontwait) && !asks_for_errors;
  const std::int64_t timeout = socket->options.receive_timeout;
  const std::size_t size = total(request.buffers);
  const bool all = socket->is_stream() && request.flags.has(msg_waitall) && waits && lock.may_block();
  const bool peeks = request.flags.has(msg_peek);

  // The least that a blocking receive waits for; less comes only at the end of the stream.
  std::size_t least = std::min(socket->options.receive_low_water, size);
  if (all) least = size;
  // Descriptors are inherited, unless msg_cmsg_cloexec says otherwise.
  const auto hand_out = [&](const SocketPointer& passed) {
    const Handle handle = add(passed);
    handles_.find(handle)->second.inheritable = !request.flags.has(msg_cmsg_cloexec);
    return static_cast<std::int32_t>(handle);
  };
  std::size_t received = 0;
  for (;;) {
    const auto got = repeat(lock, socket, waits, timeout, [&]() -> Result<std::size_t> {
      const bool more_may_come = socket->phase == Phase::connected && !socket->ended && !socket->broken &&
                                 !socket->receive_shut && !socket->pending_error;
      // Peeking leaves the bytes where they are, so that no more than a window of them can come.
      const bool enough = !peeks || socket->bytes.size() >= least || socket->receive_credit <= 0;
      if (socket->is_stream() && waits && peeks && all && more_may_come && !enough) {
        return fail(Operation::recv, Errc::eagain);
      }
      return lock.engine().receive(*socket, request, received, hand_out);
    });
    if (!got) {
      if (received > 0) return received;
      return got;
    }
    received += *got;
    if (*got == 0 || received >= least || peeks || !socket->is_stream() || !waits) return received;
  }
}

}  // namespace everysock::websocket
