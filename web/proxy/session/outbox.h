// Frames on their way to the client, gathered into WebSocket messages.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_OUTBOX_H_
#define EVERYSOCK_WEB_PROXY_SESSION_OUTBOX_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "backends/websocket/protocol/frame_writer.h"
#include "backends/websocket/protocol/frames.h"
#include "web/proxy/session/client_link.h"

namespace everysock::proxy {

class Outbox {
 public:
  explicit Outbox(ClientLink& link) : link_(link) {}

  template <typename Body>
  void add(websocket::WireHandle handle, const Body& body, std::uint8_t flags = 0) {
    if (messages_.empty() || messages_.back().size() > kFull) messages_.emplace_back();
    std::string& message = messages_.back();
    const std::size_t before = message.size();
    websocket::append_frame(message, handle, body, flags);
    size_ += message.size() - before;
    link_.output_pending();
  }

  bool empty() const noexcept { return messages_.empty(); }
  std::size_t size() const noexcept { return size_; }
  // The oldest message. Not to be called when empty().
  std::string take() {
    std::string message = std::move(messages_.front());
    messages_.pop_front();
    size_ -= message.size();
    return message;
  }

 private:
  // With one more frame, of the largest size that every client takes, a message is still one that every client takes.
  static constexpr std::size_t kFull = websocket::min_max_message - websocket::min_max_frame - websocket::header_size;

  ClientLink& link_;
  std::deque<std::string> messages_;
  std::size_t size_ = 0;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_OUTBOX_H_
