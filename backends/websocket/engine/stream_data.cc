#include <algorithm>

#include "backends/websocket/engine/client_engine.h"

namespace everysock::websocket {
namespace {

std::size_t total(std::span<const MutableBuffer> buffers) {
  std::size_t sum = 0;
  for (const MutableBuffer& buffer : buffers) sum += buffer.size();
  return sum;
}

// The part of `buffers` behind the first `offset` bytes, in a small array that callers keep.
std::vector<MutableBuffer> rest_of(std::span<const MutableBuffer> buffers, std::size_t offset) {
  std::vector<MutableBuffer> rest;
  for (const MutableBuffer& buffer : buffers) {
    const std::size_t skipped = std::min(offset, buffer.size());
    offset -= skipped;
    if (skipped < buffer.size()) {
      rest.emplace_back(static_cast<char*>(buffer.data()) + skipped, buffer.size() - skipped);
    }
  }
  return rest;
}

}  // namespace

Result<std::size_t> ClientEngine::send_bytes(SocketState& socket, const SendRequest& request, std::size_t offset) {
  if (auto ok = usable(socket, Operation::send); !ok) return tl::unexpected(ok.error());
  if (request.flags.has(msg_oob) || !request.control.empty()) return fail(Operation::send, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::send, Errc::emsgsize);
  if (request.address != nullptr && socket.is_unix() && !std::holds_alternative<std::monostate>(*request.address)) {
    return fail(Operation::send, socket.phase == Phase::connected ? Errc::eisconn : Errc::eopnotsupp);
  }
  // Where some bytes have gone, the call tells of them; the error waits for the next one.
  if (offset > 0 && (socket.pending_error || socket.send_error)) return 0;
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::send));
  if (socket.send_error) {
    const Error error = *socket.send_error;
    socket.send_error.reset();
    return tl::unexpected(error.in(Operation::send));
  }
  if (socket.send_shut || socket.send_broken || socket.broken) return fail(Operation::send, Errc::epipe);
  if (socket.phase == Phase::connecting) return fail(Operation::send, Errc::eagain);
  if (socket.phase != Phase::connected) {
    return fail(Operation::send, socket.is_unix() ? Errc::enotconn : Errc::epipe);
  }

  std::size_t taken = 0;
  bool anything = false;
  for (const ConstBuffer& whole : request.buffers) {
    const std::size_t skipped = std::min(offset, whole.size());
    offset -= skipped;
    std::string_view left = whole.view().substr(skipped);
    anything = anything || !left.empty();
    while (!left.empty() && socket.send_credit > 0) {
      const std::size_t size =
          std::min({left.size(), std::size_t{max_stream_data}, static_cast<std::size_t>(socket.send_credit)});
      append_frame(out(), socket.wire, Data{{left.substr(0, size)}},
                   request.flags.has(msg_more) ? flag::more : std::uint8_t{0});
      socket.send_credit -= static_cast<std::int64_t>(size);
      taken += size;
      left.remove_prefix(size);
    }
  }
  if (taken == 0 && anything) return fail(Operation::send, Errc::eagain);
  return taken;
}

Result<std::size_t> ClientEngine::receive(SocketState& socket, ReceiveRequest& request, std::size_t offset) {
  if (auto ok = usable(socket, Operation::recv); !ok) return tl::unexpected(ok.error());
  request.received_flags = {};
  if (request.address != nullptr) *request.address = std::monostate();
  if (request.flags.has(msg_oob)) return fail(Operation::recv, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::recv, Errc::emsgsize);
  if (request.flags.has(msg_errqueue) && !socket.is_unix()) return fail(Operation::recv, Errc::eagain);
  if (!socket.is_stream()) return receive_packet(socket, request);

  if (!socket.bytes.empty() || (total(request.buffers) == 0 && socket.phase == Phase::connected)) {
    std::size_t count = 0;
    if (offset == 0) {
      count = socket.bytes.copy(request.buffers);
    } else {
      count = socket.bytes.copy(rest_of(request.buffers, offset));
    }
    if (!request.flags.has(msg_peek)) {
      socket.bytes.consume(count);
      give_back(socket, count);
    }
    return count;
  }
  if (offset > 0 && socket.pending_error) return 0;  // the next call reports it
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::recv));
  if (socket.ended || socket.broken || socket.receive_shut) return 0;
  if (socket.phase == Phase::connected || socket.phase == Phase::connecting) return fail(Operation::recv, Errc::eagain);
  return fail(Operation::recv, socket.is_unix() ? Errc::einval : Errc::enotconn);
}

}  // namespace everysock::websocket
