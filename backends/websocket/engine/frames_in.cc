#include <type_traits>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/reason_text.h"

namespace everysock::websocket {

ClientEngine::Outcome ClientEngine::handle_frame(const Frame& frame) {
  const bool is_hello = std::holds_alternative<ServerHello>(frame.body);
  if (link_ == Link::connecting && !is_hello) return ProtocolError::expected_hello;
  if (link_ == Link::up && is_hello) return ProtocolError::duplicate_hello;
  return std::visit([&](const auto& body) { return on(frame, body); }, frame.body);
}

ClientEngine::Outcome ClientEngine::on(const Frame&, const ServerHello& body) {
  if (body.version != protocol_version) return ProtocolError::bad_version;
  server_.features = body.features;
  server_.window = body.window;
  server_.max_frame = body.max_frame;
  server_.max_sockets = body.max_sockets;
  server_.ping_interval = std::int64_t{body.ping_interval} * 1'000'000;
  server_.hostname = body.hostname;
  server_.backend = body.backend;
  server_.supports.clear();
  for (const WireSupport& support : body.supports) {
    server_.supports.push_back({support.level, lasting_reason(support.reason)});
  }
  link_ = Link::up;
  // Sockets that were opened before the hello have had no credit so far.
  for (auto& [handle, entry] : live_) {
    if (entry.socket == nullptr) continue;
    entry.socket->send_credit = body.window;
    entry.socket->changed();
  }
  wake_link_watchers();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame&, const Ping& body) {
  // A server that pings faster than the link takes the answers gets fewer of them.
  constexpr std::size_t most_unsent = 16;
  if (++unsent_pongs_ > most_unsent) return std::nullopt;
  append_frame(out(), session_handle, Pong{body.payload});
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame&, const Pong&) { return std::nullopt; }

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Data& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) return std::nullopt;
  SocketState& socket = *to.socket;
  if (!socket.is_stream() || socket.ended || socket.broken) return ProtocolError::wrong_state;
  if (!to.kept && socket.phase != Phase::connected) return ProtocolError::wrong_state;
  const auto size = static_cast<std::int64_t>(body.data.bytes.size());
  if (size > *to.credit) return ProtocolError::credit_exceeded;
  *to.credit -= size;
  socket.bytes.append(body.data.bytes);
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Datagram& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  if (body.request != 0) return ProtocolError::bad_value;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) return std::nullopt;
  SocketState& socket = *to.socket;
  if (socket.is_stream() || socket.broken || socket.ended) return ProtocolError::wrong_state;
  if (!to.kept && socket.has_connections() && socket.phase != Phase::connected) return ProtocolError::wrong_state;
  if (*to.credit <= 0) return ProtocolError::credit_exceeded;
  *to.credit -= static_cast<std::int64_t>(body.data.bytes.size() + datagram_overhead);
  socket.packets.push_back({body.address, std::string(body.data.bytes), frame.has(flag::end_of_record)});
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Credit& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  if (entry->second.socket == nullptr) return std::nullopt;
  SocketState& socket = *entry->second.socket;
  if (socket.phase == Phase::listening) return ProtocolError::wrong_state;
  socket.send_credit += body.amount;
  if (socket.send_credit > max_credit) return ProtocolError::credit_overflow;
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const End&) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) return std::nullopt;
  SocketState& socket = *to.socket;
  if (!socket.has_connections() || (!to.kept && socket.phase != Phase::connected) || socket.ended || socket.broken) {
    return ProtocolError::wrong_state;
  }
  socket.ended = true;
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Reset& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) return std::nullopt;
  SocketState& socket = *to.socket;
  if (!socket.has_connections() || (!to.kept && socket.phase != Phase::connected) || socket.broken)
    return ProtocolError::wrong_state;
  socket.broken = true;
  socket.pending_error = body.error;
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const PendingError& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) return std::nullopt;
  SocketState& socket = *to.socket;
  if (frame.has(flag::send_side)) {
    if (!socket.has_connections() || (!to.kept && socket.phase != Phase::connected)) return ProtocolError::wrong_state;
    socket.send_broken = true;
    socket.send_error = body.error;
  } else {
    socket.pending_error = body.error;
  }
  socket.changed();
  return std::nullopt;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Accepted& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  if (live_.contains(body.accepted)) return ProtocolError::handle_in_use;
  const Recipient to = recipient(entry->second);
  std::int64_t& accept_credit = to.kept ? entry->second.accept_credit : to.socket->accept_credit;
  if (!to.kept && to.socket->phase != Phase::listening) return ProtocolError::wrong_state;
  if (accept_credit <= 0) return ProtocolError::credit_exceeded;
  --accept_credit;
  if (to.socket == nullptr) {
    // It crossed our close: send it back.
    live_.emplace(body.accepted, Live{});
    send_request(Pending{.type = FrameType::close, .handle = body.accepted}, Close{}, flag::abort);
    return std::nullopt;
  }
  SocketState& listener = *to.socket;
  auto socket = std::make_shared<SocketState>(listener.family, listener.kind, listener.protocol);
  socket->wire = body.accepted;
  socket->phase = Phase::connected;
  socket->local = body.local;
  socket->peer = body.peer;
  socket->receive_credit = options_.window;
  socket->send_credit = server_.window;
  socket->options = listener.options;
  socket->known_options = listener.known_options;
  live_.emplace(body.accepted, Live{socket});
  listener.accept_queue.push_back(std::move(socket));
  listener.changed();
  return std::nullopt;
}

template <typename Body>
ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Body& body) {
  if constexpr (Body::direction == Direction::to_client) {
    return on_reply(frame, body);
  } else {
    return ProtocolError::wrong_direction;  // the reader has refused it before
  }
}

}  // namespace everysock::websocket
