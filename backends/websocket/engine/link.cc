#include <algorithm>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/protocol/frame_reader.h"

namespace everysock::websocket {
namespace {

// Frames that wait for the I/O thread are joined into messages of about this size.
constexpr std::size_t message_target = std::size_t{128} * 1024;

}  // namespace

void ClientEngine::begin(std::int64_t now) {
  link_ = Link::connecting;
  last_heard_ = now;
  server_.max_sockets = 0;
  server_.ping_interval = 0;
  output_.clear();
  next_request_ = 1;
  next_handle_ = 1;
  announced_.clear();
  passed_.clear();
  ClientHello hello;
  hello.features = feature_control;
  hello.window = options_.window;
  hello.token = options_.token;
  hello.agent = options_.agent;
  append_frame(out(), session_handle, hello);
}

std::optional<ProtocolError> ClientEngine::receive(std::string_view message, std::int64_t now) {
  if (link_ != Link::connecting && link_ != Link::up) return std::nullopt;
  last_heard_ = now;
  if (message.size() > min_max_message) return ProtocolError::message_too_large;
  FrameReader reader(message, Direction::to_client);
  while (!reader.done()) {
    const auto frame = reader.next();
    if (!frame) return frame.error();
    if (const auto error = handle_frame(*frame)) return error;
  }
  return std::nullopt;
}

void ClientEngine::lost(Errc why) {
  if (link_ == Link::lost) return;
  link_ = Link::lost;
  link_error_ = why;
  output_.clear();
  auto live = std::move(live_);
  live_.clear();
  auto unanswered = std::move(pending_);
  pending_.clear();
  for (auto& [request, pending] : unanswered) {
    if (pending.reply == nullptr) continue;
    pending.reply->error = Error(pending.operation, why);
    pending.reply->ended = true;
    if (pending.reply->watcher != nullptr) pending.reply->watcher->wake();
  }
  for (auto& [handle, entry] : live) {
    if (entry.socket == nullptr) continue;
    SocketState& socket = *entry.socket;
    socket.phase = Phase::lost;
    socket.bytes.clear();
    socket.packets.clear();
    socket.parcels.clear();
    socket.accept_queue.clear();
    socket.changed();
  }
  wake_link_watchers();
}

void ClientEngine::wake_link_watchers() {
  for (Watcher* watcher : link_watchers_) watcher->wake();
}

bool ClientEngine::silent(std::int64_t now) const noexcept {
  return link_ == Link::up && server_.ping_interval > 0 && now - last_heard_ > server_.ping_interval * 5 / 2;
}

void ClientEngine::unwatch_link(Watcher& watcher) { std::erase(link_watchers_, &watcher); }

std::string ClientEngine::take_output() {
  if (output_.empty()) return {};
  std::string message = std::move(output_.front());
  output_.pop_front();
  if (output_.empty()) unsent_pongs_ = 0;
  return message;
}

std::string& ClientEngine::out() {
  if (output_.empty() || output_.back().size() >= message_target) output_.emplace_back();
  return output_.back();
}

WireHandle ClientEngine::new_handle() {
  while (next_handle_ == session_handle || chosen_by_server(next_handle_) || live_.contains(next_handle_)) {
    next_handle_ = chosen_by_server(next_handle_ + 1) ? 1 : next_handle_ + 1;
  }
  return next_handle_++;
}

Result<void> ClientEngine::usable(const SocketState& socket, Operation operation) const {
  if (socket.phase == Phase::lost) return fail(operation, Errc::enetdown);
  if (socket.phase == Phase::closed) return fail(operation, Errc::ebadf);
  return {};
}

void ClientEngine::give_back(SocketState& socket, std::size_t cost) {
  socket.consumed += static_cast<std::int64_t>(cost);
  if (socket.ended || socket.broken || socket.consumed * 2 < static_cast<std::int64_t>(options_.window)) return;
  append_frame(out(), socket.wire, Credit{static_cast<std::uint32_t>(socket.consumed)});
  socket.receive_credit += socket.consumed;
  socket.consumed = 0;
}

void ClientEngine::forget(const Reply& reply) {
  for (auto& [request, pending] : pending_) {
    if (pending.reply == &reply) pending.reply = nullptr;
  }
}

}  // namespace everysock::websocket
