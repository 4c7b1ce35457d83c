#include <algorithm>
#include <cstring>

#include "backends/websocket/engine/client_engine.h"

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
std::size_t longest_message(const SocketState& socket, const Address& address, std::uint32_t max_frame) {
  constexpr std::size_t most_of_udp = 65507;   // over IPv4: 65535 less the two headers
  constexpr std::size_t most_of_udp6 = 65527;  // over IPv6 the length field counts the UDP header only
  constexpr std::size_t beside_data = 256;     // the frame's request number and address
  if (socket.family == af_inet) return most_of_udp;
  if (socket.family != af_inet6) return max_frame - beside_data;
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool over_ipv4 = inet6 != nullptr && inet6->host.is_ipv6() &&
                         std::equal(std::begin(mapped), std::end(mapped), inet6->host.bytes().begin());
  return over_ipv4 ? most_of_udp : most_of_udp6;
}

}  // namespace

bool ClientEngine::wants_reply(const SocketState& socket, const SendRequest& request) const {
  if (socket.is_unix()) return true;
  if (!has_address(request)) return false;  // connect() has been answered
  const auto& known = socket.known_destinations;
  return std::find(known.begin(), known.end(), *request.address) == known.end();
}

Result<std::size_t> ClientEngine::send_packet(const SocketPointer& pointer, const SendRequest& request, bool dont_wait,
                                              Reply* reply) {
  SocketState& socket = *pointer;
  if (auto ok = usable(socket, Operation::send); !ok) return tl::unexpected(ok.error());
  if (request.flags.has(msg_oob) || !request.control.empty()) return fail(Operation::send, Errc::eopnotsupp);
  if (request.buffers.size() > most_buffers) return fail(Operation::send, Errc::emsgsize);
  if (const auto error = socket.take_error()) return tl::unexpected(error->in(Operation::send));
  if (socket.send_error) {
    const Error error = *socket.send_error;
    socket.send_error.reset();
    return tl::unexpected(error.in(Operation::send));
  }
  if (socket.send_shut || socket.send_broken || socket.broken) return fail(Operation::send, Errc::epipe);
  const bool addressed = has_address(request) && !socket.has_connections();
  if (socket.has_connections()) {
    if (socket.phase == Phase::connecting) return fail(Operation::send, Errc::eagain);
    if (socket.phase != Phase::connected) return fail(Operation::send, Errc::enotconn);
  } else if (!addressed && std::holds_alternative<std::monostate>(socket.peer)) {
    return fail(Operation::send, socket.is_unix() ? Errc::enotconn : Errc::edestaddrreq);
  }
  const Address& destination = addressed ? *request.address : socket.peer;
  const std::size_t size = total(request.buffers);
  if (size > longest_message(socket, destination, server_.max_frame)) return fail(Operation::send, Errc::emsgsize);
  if (addressed && !socket.options.broadcast && is_limited_broadcast(destination)) {
    return fail(Operation::send, Errc::eacces);
  }
  if (socket.send_credit <= 0) return fail(Operation::send, Errc::eagain);
  socket.send_credit -= static_cast<std::int64_t>(size + datagram_overhead);

  std::uint8_t flags = 0;
  if (dont_wait && reply != nullptr) flags |= flag::dont_wait;
  if (request.flags.has(msg_more)) flags |= flag::more;
  if (request.flags.has(msg_eor)) flags |= flag::end_of_record;
  if (request.flags.has(msg_dontroute)) flags |= flag::dont_route;
  Datagram body;
  if (addressed) body.address = destination;
  std::string joined;
  if (request.buffers.size() == 1) {
    body.data.bytes = request.buffers.front().view();
  } else {
    joined.reserve(size);
    for (const ConstBuffer& buffer : request.buffers) joined.append(buffer.view());
    body.data.bytes = joined;
  }
  if (reply == nullptr) {
    append_frame(out(), socket.wire, body, flags);
  } else {
    Pending asked = pending(FrameType::datagram, pointer, reply, Operation::send);
    if (addressed) asked.address = destination;
    send_request(std::move(asked), body, flags);
  }
  return size;
}

Result<std::size_t> ClientEngine::receive_packet(SocketState& socket, ReceiveRequest& request) {
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
    if (!request.flags.has(msg_peek)) {
      socket.packets.pop_front();
      give_back(socket, size + datagram_overhead);
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
