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

  if (!socket->is_stream()) {
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
  std::size_t sent = 0;
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
      return lock.engine().receive(*socket, request, received);
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
