#include <algorithm>

#include "backends/websocket/engine/client_engine.h"

namespace everysock::websocket {
namespace {

std::size_t total(std::span<const MutableBuffer> buffers) {
  std::size_t sum = 0;
  for (const MutableBuffer& buffer : buffers) sum += buffer.size();
  return sum;
}

// At most `limit` bytes of `buffers` behind the first `offset`, in a small array that callers keep.
std::vector<MutableBuffer> part_of(std::span<const MutableBuffer> buffers, std::size_t offset, std::size_t limit) {
  std::vector<MutableBuffer> part;
  for (const MutableBuffer& buffer : buffers) {
    const std::size_t skipped = std::min(offset, buffer.size());
    offset -= skipped;
    const std::size_t size = std::min(buffer.size() - skipped, limit);
    limit -= size;
    if (size > 0) part.emplace_back(static_cast<char*>(buffer.data()) + skipped, size);
  }
  return part;
}

bool brings_sockets(const std::vector<ControlMessage>& control) {
  return std::any_of(control.begin(), control.end(),
                     [](const ControlMessage& item) { return item.level == sol_socket && item.type == scm_rights; });
}

}  // namespace

Result<void> ClientEngine::check_stream(SocketState& socket, const SendRequest& request, std::size_t offset) {
  if (auto ok = usable(socket, Operation::send); !ok) return ok;
  if (refuses(request.flags)) return fail(Operation::send, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::send, Errc::emsgsize);
  if (request.address != nullptr && socket.is_unix() && !std::holds_alternative<std::monostate>(*request.address)) {
    return fail(Operation::send, socket.phase == Phase::connected ? Errc::eisconn : Errc::eopnotsupp);
  }
  // Where some bytes have gone, the call tells of them; the error waits for the next one.
  if (offset > 0 && (socket.pending_error || socket.send_error)) return {};
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
  return {};
}

Result<std::size_t> ClientEngine::send_bytes(SocketState& socket, const SendRequest& request, std::size_t offset) {
  if (auto ok = check_stream(socket, request, offset); !ok) return tl::unexpected(ok.error());
  if (offset > 0 && (socket.pending_error || socket.send_error)) return 0;
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

Result<std::size_t> ClientEngine::receive(SocketState& socket, ReceiveRequest& request, std::size_t offset,
                                          const HandOut& hand_out) {
  if (auto ok = usable(socket, Operation::recv); !ok) return tl::unexpected(ok.error());
  if (offset == 0) request.received_flags = request.flags & msg_cmsg_cloexec;  // as Linux shows it
  if (request.address != nullptr) *request.address = std::monostate();
  if (request.flags.has(msg_oob)) return fail(Operation::recv, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::recv, Errc::emsgsize);
  if (request.flags.has(msg_errqueue) && !socket.is_unix()) return fail(Operation::recv, Errc::eagain);
  if (!socket.is_stream()) return receive_packet(socket, request, hand_out);

  if (!socket.bytes.empty() || (total(request.buffers) == 0 && socket.phase == Phase::connected)) {
    return receive_bytes(socket, request, offset, hand_out);
  }
  if (offset > 0 && socket.pending_error) return 0;  // the next call reports it
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::recv));
  if (socket.ended || socket.broken || socket.receive_shut) return 0;
  if (socket.phase == Phase::connected || socket.phase == Phase::connecting) return fail(Operation::recv, Errc::eagain);
  return fail(Operation::recv, socket.is_unix() ? Errc::einval : Errc::enotconn);
}

Result<std::size_t> ClientEngine::receive_bytes(SocketState& socket, ReceiveRequest& request, std::size_t offset,
                                                const HandOut& hand_out) {
  const bool peeks = request.flags.has(msg_peek);
  Parcel* const parcel = socket.parcels.empty() ? nullptr : &socket.parcels.front();
  if (parcel == nullptr) {
    const std::size_t count = offset == 0 ? socket.bytes.copy(request.buffers)
                                          : socket.bytes.copy(part_of(request.buffers, offset, socket.bytes.size()));
    if (peeks) return count;
    socket.bytes.consume(count);
    socket.bytes_read += count;
    give_back(socket, count);
    return count;
  }
  // A call that has brought sockets ends with the bytes that they came with.
  const bool goes_on = offset > 0 && request.control != nullptr && !request.control->empty();
  if (goes_on && (brings_sockets(*request.control) || !parcel->control.passed.empty())) return 0;
  const auto limit = static_cast<std::size_t>(parcel->end - socket.bytes_read);
  const std::size_t count = socket.bytes.copy(part_of(request.buffers, offset, limit));
  const std::uint64_t reached = socket.bytes_read + count;
  if (reached > parcel->begin && !goes_on) deliver(parcel->control, request, hand_out);
  if (peeks) return count;
  socket.bytes.consume(count);
  socket.bytes_read = reached;
  std::size_t cost = count;
  if (reached > parcel->begin) {
    // What has not been read goes on without the sockets.
    parcel->control.cut = false;
    parcel->begin = reached;
    if (reached == parcel->end || parcel->control.items.empty()) {
      cost += parcel->overhead;
      socket.parcels.pop_front();
    }
  }
  give_back(socket, cost);
  return count;
}

}  // namespace everysock::websocket
