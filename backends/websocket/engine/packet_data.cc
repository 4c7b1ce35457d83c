#include <algorithm>
#include <cstring>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {
namespace {

std::size_t total(std::span<const ConstBuffer> buffers) {
  std::size_t sum = 0;
  for (const ConstBuffer& buffer : buffers) sum += buffer.size();
  return sum;
}

bool has_address(const SendRequest& request) {
  return request.address != nullptr && !std::holds_alternative<std::monostate>(*request.address);
}

bool is_limited_broadcast(const Address& address) {
  const auto* inet = std::get_if<InetAddress>(&address);
  if (inet == nullptr) return false;
  const auto bytes = inet->host.bytes();
  return bytes.size() == 4 && std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xff; });
}

// The longest message that can be sent to `address` whatever the route.
std::size_t longest_message(const SocketState& socket, const Address& address, std::uint32_t max_frame,
                            std::size_t control) {
  constexpr std::size_t most_of_udp = 65507;   // over IPv4: 65535 less the two headers
  constexpr std::size_t most_of_udp6 = 65527;  // over IPv6 the length field counts the UDP header only
  constexpr std::size_t beside_data = 8192;    // room for an address, and for what a receiver's system adds to it
  if (socket.family == af_inet) return most_of_udp;
  if (socket.family != af_inet6) return max_frame - beside_data - control;
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool over_ipv4 = inet6 != nullptr && inet6->host.is_ipv6() &&
                         std::equal(std::begin(mapped), std::end(mapped), inet6->host.bytes().begin());
  return over_ipv4 ? most_of_udp : most_of_udp6;
}

bool is_addressed(const SocketState& socket, const SendRequest& request) {
  return has_address(request) && !socket.has_connections();
}

std::uint8_t message_flags(MessageFlags flags, bool dont_wait) {
  std::uint8_t bits = 0;
  if (dont_wait) bits |= flag::dont_wait;
  if (flags.has(msg_more)) bits |= flag::more;
  if (flags.has(msg_eor)) bits |= flag::end_of_record;
  if (flags.has(msg_dontroute)) bits |= flag::dont_route;
  return bits;
}

// The bytes of all buffers: a single one's own, or else in `joined`.
std::string_view join(std::span<const ConstBuffer> buffers, std::size_t size, std::string& joined) {
  if (buffers.size() == 1) return buffers.front().view();
  joined.reserve(size);
  for (const ConstBuffer& buffer : buffers) joined.append(buffer.view());
  return joined;
}

}  // namespace

bool ClientEngine::wants_reply(const SocketState& socket, const SendRequest& request) const {
  // All but UDP may refuse any message, for what is in it: a CAN frame, a request of AF_NETLINK.
  if (socket.is_unix() || !is_common(socket.family)) return true;
  if (!has_address(request)) return false;  // connect() has been answered
  const auto& known = socket.known_destinations;
  return std::find(known.begin(), known.end(), *request.address) == known.end();
}

Result<void> ClientEngine::check_packet(SocketState& socket, const SendRequest& request, std::size_t control) {
  if (auto ok = usable(socket, Operation::send); !ok) return ok;
  if (refuses(request.flags)) return fail(Operation::send, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::send, Errc::emsgsize);
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::send));
  if (socket.send_error) {
    const Error error = *socket.send_error;
    socket.send_error.reset();
    return tl::unexpected(error.in(Operation::send));
  }
  if (socket.send_shut || socket.send_broken || socket.broken) return fail(Operation::send, Errc::epipe);
  const bool addressed = is_addressed(socket, request);
  if (socket.has_connections()) {
    if (socket.phase == Phase::connecting) return fail(Operation::send, Errc::eagain);
    if (socket.phase != Phase::connected) return fail(Operation::send, Errc::enotconn);
  } else if (!addressed && is_common(socket.family) && std::holds_alternative<std::monostate>(socket.peer)) {
    return fail(Operation::send, socket.is_unix() ? Errc::enotconn : Errc::edestaddrreq);
  }
  const Address& destination = addressed ? *request.address : socket.peer;
  if (total(request.buffers) > longest_message(socket, destination, server_.max_frame, control)) {
    return fail(Operation::send, Errc::emsgsize);
  }
  if (addressed && !socket.options.broadcast && is_limited_broadcast(destination)) {
    return fail(Operation::send, Errc::eacces);
  }
  if (socket.send_credit <= 0) return fail(Operation::send, Errc::eagain);
  return {};
}

Result<std::size_t> ClientEngine::send_packet(const SocketPointer& pointer, const SendRequest& request, bool dont_wait,
                                              Reply* reply) {
  SocketState& socket = *pointer;
  if (auto ok = check_packet(socket, request, 0); !ok) return tl::unexpected(ok.error());
  const std::size_t size = total(request.buffers);
  socket.send_credit -= static_cast<std::int64_t>(size + datagram_overhead);
  Datagram body;
  if (is_addressed(socket, request)) body.address = *request.address;
  std::string joined;
  body.data.bytes = join(request.buffers, size, joined);
  const std::uint8_t flags = message_flags(request.flags, dont_wait && reply != nullptr);
  if (reply == nullptr) {
    append_frame(out(), socket.wire, body, flags);
  } else {
    Pending asked = pending(FrameType::datagram, pointer, reply, Operation::send);
    asked.address = body.address;
    send_request(std::move(asked), body, flags);
  }
  return size;
}

Result<std::size_t> ClientEngine::send_message(const SocketPointer& pointer, const SendRequest& request,
                                               const std::vector<WireControl>& control, bool dont_wait, Reply* reply) {
  SocketState& socket = *pointer;
  if (!carries_control()) return fail(Operation::send, Errc::eopnotsupp);
  const std::size_t control_size = control_cost(control);
  if (socket.is_stream()) {
    if (auto ok = check_stream(socket, request, 0); !ok) return tl::unexpected(ok.error());
    if (socket.send_credit <= 0) return fail(Operation::send, Errc::eagain);
  } else if (auto ok = check_packet(socket, request, control_size); !ok) {
    return tl::unexpected(ok.error());
  }
  std::size_t size = total(request.buffers);
  Message body;
  if (is_addressed(socket, request)) body.address = *request.address;
  body.control = control;
  std::string joined;
  body.data.bytes = join(request.buffers, size, joined);
  if (socket.is_stream()) {
    size = std::min({size, std::size_t{max_stream_data}, static_cast<std::size_t>(socket.send_credit)});
    body.data.bytes = body.data.bytes.substr(0, size);
  }
  socket.send_credit -= static_cast<std::int64_t>(size + datagram_overhead + control_size);
  Pending asked = pending(FrameType::message, pointer, reply, Operation::send);
  asked.address = body.address;
  send_request(std::move(asked), body, message_flags(request.flags, dont_wait && reply != nullptr));
  return size;
}

Result<std::size_t> ClientEngine::receive_packet(SocketState& socket, ReceiveRequest& request,
                                                 const HandOut& hand_out) {
  // Datagrams: an error comes before what has been received; with connections, behind it.
  if (!socket.has_connections() || socket.packets.empty()) {
    if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::recv));
  }
  if (!socket.packets.empty()) {
    Packet& packet = socket.packets.front();
    std::size_t copied = 0;
    for (const MutableBuffer& buffer : request.buffers) {
      const std::size_t count = std::min(buffer.size(), packet.data.size() - copied);
      if (count > 0) std::memcpy(buffer.data(), packet.data.data() + copied, count);
      copied += count;
    }
    const std::size_t size = packet.data.size();
    if (copied < size) request.received_flags |= msg_trunc;
    if (packet.end_of_record) request.received_flags |= msg_eor;
    if (request.address != nullptr) *request.address = packet.address;
    if (packet.control != nullptr) deliver(*packet.control, request, hand_out);
    if (!request.flags.has(msg_peek)) {
      const std::size_t cost = size + packet.overhead;
      socket.packets.pop_front();
      give_back(socket, cost);
    }
    return request.flags.has(msg_trunc) ? size : copied;
  }
  if (socket.ended || socket.broken || socket.receive_shut) return 0;
  if (!socket.has_connections() || socket.phase == Phase::connected || socket.phase == Phase::connecting) {
    return fail(Operation::recv, Errc::eagain);
  }
  return fail(Operation::recv, Errc::enotconn);
}

}  // namespace everysock::websocket
