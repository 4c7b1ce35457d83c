// Sockets that come with messages. The server gives each a handle of its own, and says under which handle the program
// had the same socket before, if it had. Then the program goes on with that one: with what has been received for it and
// not been read yet, which no other handle can bring.
#include <algorithm>
#include <utility>

#include "backends/websocket/engine/client_engine.h"
#include "everysock/control_messages.h"
#include "everysock/control_room.h"

namespace everysock::websocket {
namespace {

// Sockets whose state is kept after the program has passed and closed them.
constexpr std::size_t most_passed = 64;
// Sockets that a server may announce before the message that brings them: as many as one message of a system's has.
constexpr std::size_t most_announced = 253;

std::size_t overhead_of(const Message& body) { return datagram_overhead + control_cost(body.control); }

}  // namespace

void ClientEngine::note_passed(const SocketPointer& socket) {
  if (std::exchange(socket->passed_as, socket->wire) == socket->wire) return;
  passed_.emplace_back(socket->wire, socket);
  if (passed_.size() <= most_passed) return;
  const auto [wire, forgotten] = std::move(passed_.front());
  passed_.pop_front();
  if (forgotten->passed_as != wire) return;
  forgotten->passed_as = 0;
  if (forgotten->phase == Phase::closed) discard_input(*forgotten);
}

void ClientEngine::close_wire(WireHandle wire) {
  live_[wire] = Live{};
  send_request(Pending{.type = FrameType::close, .handle = wire}, Close{});
}

// ---- frames ----

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Passed& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  if (live_.contains(body.passed)) return ProtocolError::handle_in_use;
  if (!carries_control()) return ProtocolError::unknown_type;
  if (entry->second.socket == nullptr && entry->second.kept == nullptr) {
    // It crossed our close: nobody will receive the message.
    close_wire(body.passed);
    return std::nullopt;
  }
  if (announced_.size() >= most_announced) return ProtocolError::too_many_handles;
  live_.emplace(body.passed, Live{});
  announced_.emplace(body.passed, PassedSocket{.wire = body.passed,
                                               .former = body.former,
                                               .state = body.state,
                                               .family = body.family,
                                               .kind = body.kind,
                                               .protocol = body.protocol,
                                               .local = body.local,
                                               .peer = body.peer});
  return std::nullopt;
}

std::optional<IncomingControl> ClientEngine::incoming(const Message& body, std::uint8_t flags) {
  IncomingControl control;
  control.cut = (flags & flag::control_cut) != 0;
  for (const WireControl& item : body.control) {
    if (item.level != sol_socket || item.type != scm_rights) {
      control.items.push_back({item.level, item.type, std::string(item.data)});
      continue;
    }
    for (std::size_t at = 0; at < item.data.size(); at += sizeof(WireHandle)) {
      WireHandle wire = 0;
      for (std::size_t i = 0; i < sizeof(wire); ++i) {
        wire |= static_cast<WireHandle>(static_cast<unsigned char>(item.data[at + i])) << (8 * i);
      }
      auto announced = announced_.extract(wire);
      if (announced.empty()) {
        drop(control);
        return std::nullopt;
      }
      control.passed.push_back(std::move(announced.mapped()));
    }
  }
  return control;
}

ClientEngine::Outcome ClientEngine::on(const Frame& frame, const Message& body) {
  const auto entry = live_.find(frame.handle);
  if (entry == live_.end()) return ProtocolError::unknown_handle;
  if (body.request != 0) return ProtocolError::bad_value;
  if (!carries_control()) return ProtocolError::unknown_type;
  const Recipient to = recipient(entry->second);
  if (to.socket == nullptr) {
    if (auto control = incoming(body, frame.flags)) drop(*control);
    return std::nullopt;
  }
  SocketState& socket = *to.socket;
  if (socket.broken || socket.ended) return ProtocolError::wrong_state;
  if (!to.kept && socket.has_connections() && socket.phase != Phase::connected) return ProtocolError::wrong_state;
  if (socket.is_stream() && body.data.bytes.empty()) return ProtocolError::bad_length;
  if (*to.credit <= 0) return ProtocolError::credit_exceeded;
  const std::size_t overhead = overhead_of(body);
  auto control = incoming(body, frame.flags);
  if (!control) return ProtocolError::unknown_handle;
  *to.credit -= static_cast<std::int64_t>(body.data.bytes.size() + overhead);
  if (socket.is_stream()) {
    const std::uint64_t begin = socket.bytes_read + socket.bytes.size();
    socket.bytes.append(body.data.bytes);
    socket.parcels.push_back({begin, begin + body.data.bytes.size(), overhead, std::move(*control)});
  } else {
    socket.packets.push_back({body.address, std::string(body.data.bytes), frame.has(flag::end_of_record),
                              std::make_unique<IncomingControl>(std::move(*control)), overhead});
  }
  socket.changed();
  return std::nullopt;
}

// ---- receiving ----

void ClientEngine::deliver(IncomingControl& control, ReceiveRequest& request, const HandOut& hand_out) {
  ControlRoom room(request);
  for (const ControlMessage& item : control.items) room.put(item.level, item.type, item.data);
  if (control.cut) room.say_truncated();
  if (control.passed.empty()) return;
  const std::size_t wanted = control.passed.size() * sizeof(std::int32_t);
  const std::size_t count = room.claim(wanted) / sizeof(std::int32_t);
  if (count < control.passed.size()) room.say_truncated();
  Rights rights;
  for (std::size_t i = 0; i < count; ++i) rights.descriptors.push_back(hand_out(take_up(control.passed[i])));
  if (count > 0) room.append(rights.message());
  if (!request.flags.has(msg_peek)) drop(control);
}

// The message has a share in the socket, so that it stays when the program has peeked at it and closed it.
SocketPointer ClientEngine::take_up(PassedSocket& passed) {
  if (passed.socket == nullptr) {
    passed.socket = socket_of(passed);
    ++passed.socket->duplicates;
  }
  return passed.socket;
}

SocketPointer ClientEngine::socket_of(const PassedSocket& passed) {
  const auto former =
      std::find_if(passed_.begin(), passed_.end(), [&](const auto& entry) { return entry.first == passed.former; });
  if (former != passed_.end() && former->second->phase != Phase::lost) {
    const SocketPointer& socket = former->second;
    if (socket->phase == Phase::closed) {
      revive(socket, passed.wire);
    } else {
      live_[passed.wire] = Live{};
      socket->more_wires.push_back(passed.wire);
    }
    return socket;
  }
  auto socket = std::make_shared<SocketState>(passed.family, passed.kind, passed.protocol);
  if (passed.state == PassedState::connected && socket->has_connections()) socket->phase_before = Phase::connected;
  if (passed.state == PassedState::listening) socket->phase_before = Phase::listening;
  socket->local = passed.local;
  socket->peer = passed.peer;
  constexpr int usual_window = 16;
  if (passed.state == PassedState::listening) socket->accept_window = usual_window;
  revive(socket, passed.wire);
  return socket;
}

// The socket lives under the handle `wire`, of which the server has sent nothing yet: it has had no credit.
void ClientEngine::revive(const SocketPointer& pointer, WireHandle wire) {
  SocketState& socket = *pointer;
  socket.wire = wire;
  socket.phase = socket.phase_before;
  socket.known_destinations.clear();
  socket.send_credit = server_.window;
  socket.consumed = 0;
  live_[wire] = Live{.socket = pointer};
  std::int64_t credit = 0;
  if (socket.phase == Phase::listening) {
    credit = socket.accept_window - static_cast<std::int64_t>(socket.accept_queue.size());
    socket.accept_credit = std::max<std::int64_t>(credit, 0);
  } else {
    credit = static_cast<std::int64_t>(options_.window) - static_cast<std::int64_t>(socket.bytes.size());
    socket.receive_credit = std::max<std::int64_t>(credit, 0);
  }
  if (credit > 0) append_frame(out(), wire, Credit{static_cast<std::uint32_t>(credit)});
}

// ---- what nobody receives ----

void ClientEngine::drop(PassedSocket& passed) {
  if (passed.socket == nullptr) {
    close_wire(passed.wire);
  } else if (--passed.socket->duplicates == 0) {
    close(*passed.socket, nullptr);
  }
}

void ClientEngine::drop(IncomingControl& control) {
  for (PassedSocket& passed : control.passed) drop(passed);
  control.passed.clear();
}

void ClientEngine::discard_input(SocketState& socket) {
  for (Packet& packet : std::exchange(socket.packets, {})) {
    if (packet.control != nullptr) drop(*packet.control);
  }
  for (Parcel& parcel : std::exchange(socket.parcels, {})) drop(parcel.control);
  socket.bytes.clear();
  for (const SocketPointer& waiting : std::exchange(socket.accept_queue, {})) {
    waiting->bytes.clear();
    waiting->phase = Phase::closed;
    live_[waiting->wire] = Live{};
    send_request(Pending{.type = FrameType::close, .handle = waiting->wire}, Close{}, flag::abort);
  }
}

}  // namespace everysock::websocket
