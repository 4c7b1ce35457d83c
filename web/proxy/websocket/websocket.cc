#include "web/proxy/websocket/websocket.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace everysock::proxy {

// wslay's event interface takes incoming frames apart and makes the control frames; its frame interface makes the
// headers of our own messages, which stay where they are and are never copied.
class WebSocket::Framing {
 public:
  Framing(std::size_t max_message, std::function<void(std::string_view)> on_message)
      : max_message_(max_message), on_message_(std::move(on_message)) {
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = &Framing::read;
    callbacks.send_callback = &Framing::write;
    callbacks.on_frame_recv_start_callback = &Framing::on_frame_start;
    callbacks.on_frame_recv_chunk_callback = &Framing::on_chunk;
    callbacks.on_msg_recv_callback = &Framing::on_message;
    // Both fail for want of memory alone, which ends the process everywhere else, too.
    if (wslay_event_context_server_init(&events_, &callbacks, this) != 0) std::abort();
    wslay_event_config_set_no_buffering(events_, 1);
    // on_frame_start() knows the whole message; wslay would look at its frames one by one.
    wslay_event_config_set_max_recv_msg_length(events_, std::numeric_limits<std::int64_t>::max());
    wslay_frame_callbacks frame_callbacks{};
    frame_callbacks.send_callback = &Framing::write_header;
    if (wslay_frame_context_init(&frames_, &frame_callbacks, this) != 0) std::abort();
  }

  ~Framing() {
    wslay_frame_context_free(frames_);
    wslay_event_context_free(events_);
  }
  Framing(const Framing&) = delete;
  Framing& operator=(const Framing&) = delete;

  wslay_event_context_ptr events() const noexcept { return events_; }

  void receive(std::string_view bytes) {
    input_ = bytes;
    // The callbacks do not fail, so what failed is the reading of a frame. wslay has queued a close frame without a
    // code.
    if (wslay_event_recv(events_) != 0) broken_ = true;
    input_ = {};
  }

  // Stops listening and says goodbye.
  void fail(CloseCode code, std::string_view reason) {
    wslay_event_shutdown_read(events_);
    close(code, reason);
  }

  void close(CloseCode code, std::string_view reason) {
    // Fails only if a close frame is queued already.
    (void)wslay_event_queue_close(events_, static_cast<std::uint16_t>(code),
                                  reinterpret_cast<const std::uint8_t*>(reason.data()),
                                  std::min(reason.size(), kMaxReason));
  }

  bool broken() const noexcept { return broken_; }

  // What wslay wants to send by itself.
  std::string take_control_frames() {
    while (wslay_event_want_write(events_) != 0 && wslay_event_send(events_) == 0) {
    }
    constexpr std::string_view no_code("\x88\x00", 2);
    if (broken_ && control_.ends_with(no_code)) {
      control_.replace(control_.size() - no_code.size(), no_code.size(), "\x88\x02\x03\xea");
    }
    return std::exchange(control_, {});
  }

  void make_header(Frame& frame) {
    wslay_frame_iocb io{};
    io.fin = 1;
    io.opcode = WSLAY_BINARY_FRAME;
    io.payload_length = frame.payload.size();
    io.data = reinterpret_cast<const std::uint8_t*>(frame.payload.data());
    io.data_length = frame.payload.size();
    header_of_ = &frame;
    (void)wslay_frame_send(frames_, &io);
    header_of_ = nullptr;
  }

 private:
  static constexpr std::size_t kMaxReason = 122;

  static Framing& self(void* user_data) { return *static_cast<Framing*>(user_data); }

  static ssize_t read(wslay_event_context_ptr events, std::uint8_t* buffer, std::size_t size, int, void* user_data) {
    std::string_view& input = self(user_data).input_;
    if (input.empty()) {
      wslay_event_set_error(events, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }
    const std::size_t n = std::min(size, input.size());
    std::memcpy(buffer, input.data(), n);
    input.remove_prefix(n);
    return static_cast<ssize_t>(n);
  }

  static ssize_t write(wslay_event_context_ptr, const std::uint8_t* data, std::size_t size, int, void* user_data) {
    self(user_data).control_.append(reinterpret_cast<const char*>(data), size);
    return static_cast<ssize_t>(size);
  }

  // Called for the header first, then for the payload, which stays in its place.
  static ssize_t write_header(const std::uint8_t* data, std::size_t size, int, void* user_data) {
    Frame& frame = *self(user_data).header_of_;
    if (reinterpret_cast<const char*>(data) != frame.payload.data()) {
      std::memcpy(frame.header.data() + frame.header_size, data, size);
      frame.header_size += size;
    }
    return static_cast<ssize_t>(size);
  }

  static void on_frame_start(wslay_event_context_ptr, const wslay_event_on_frame_recv_start_arg* frame,
                             void* user_data) {
    Framing& framing = self(user_data);
    framing.in_control_frame_ = wslay_is_ctrl_frame(frame->opcode) != 0;
    if (framing.in_control_frame_) return;
    if (frame->opcode == WSLAY_TEXT_FRAME) {
      framing.fail(CloseCode::unsupported_data, "text-message");
    } else if (frame->payload_length > framing.max_message_ - framing.message_.size()) {
      framing.fail(CloseCode::message_too_big, "message-too-large");
    }
  }

  static void on_chunk(wslay_event_context_ptr, const wslay_event_on_frame_recv_chunk_arg* chunk, void* user_data) {
    Framing& framing = self(user_data);
    if (framing.in_control_frame_ || wslay_event_get_read_enabled(framing.events_) == 0) return;
    framing.message_.append(reinterpret_cast<const char*>(chunk->data), chunk->data_length);
  }

  static void on_message(wslay_event_context_ptr events, const wslay_event_on_msg_recv_arg* message, void* user_data) {
    Framing& framing = self(user_data);
    if (wslay_is_ctrl_frame(message->opcode)) return;
    if (wslay_event_get_read_enabled(events) != 0) framing.on_message_(framing.message_);
    framing.message_.clear();
  }

  wslay_event_context_ptr events_ = nullptr;
  wslay_frame_context_ptr frames_ = nullptr;
  const std::size_t max_message_;
  std::function<void(std::string_view)> on_message_;
  std::string_view input_;
  std::string message_;
  std::string control_;
  Frame* header_of_ = nullptr;
  bool in_control_frame_ = false;
  bool broken_ = false;
};

WebSocket::WebSocket(std::size_t max_message, std::function<void(std::string_view)> on_message)
    : framing_(std::make_unique<Framing>(max_message, std::move(on_message))) {}
WebSocket::~WebSocket() = default;

void WebSocket::receive(std::string_view bytes) {
  framing_->receive(bytes);
  queue_control_frames();
}

bool WebSocket::wants_input() const { return wslay_event_get_read_enabled(framing_->events()) != 0; }

void WebSocket::send(std::string message) {
  if (close_sent()) return;
  Frame& frame = output_.emplace_back();
  frame.payload = std::move(message);
  framing_->make_header(frame);
  queued_ += frame.header_size + frame.payload.size();
}

void WebSocket::ping() {
  const wslay_event_msg ping{WSLAY_PING, nullptr, 0};
  // Refused after a close frame, when a ping is of no use.
  (void)wslay_event_queue_msg(framing_->events(), &ping);
  queue_control_frames();
}

void WebSocket::close(CloseCode code, std::string_view reason) {
  framing_->close(code, reason);
  queue_control_frames();
}

void WebSocket::queue_control_frames() {
  std::string frames = framing_->take_control_frames();
  if (frames.empty()) return;
  queued_ += frames.size();
  output_.emplace_back().payload = std::move(frames);
}

std::size_t WebSocket::output(std::span<ConstBuffer> buffers) const {
  std::size_t count = 0;
  for (const Frame& frame : output_) {
    if (count == buffers.size()) break;
    if (frame.written < frame.header_size) {
      buffers[count++] = ConstBuffer(frame.header.data() + frame.written, frame.header_size - frame.written);
      if (count == buffers.size()) break;
    }
    const std::size_t skip = frame.written > frame.header_size ? frame.written - frame.header_size : 0;
    if (skip < frame.payload.size()) {
      buffers[count++] = ConstBuffer(frame.payload.data() + skip, frame.payload.size() - skip);
    }
  }
  return count;
}

void WebSocket::written(std::size_t size) {
  queued_ -= size;
  while (size > 0) {
    Frame& frame = output_.front();
    const std::size_t left = frame.header_size + frame.payload.size() - frame.written;
    const std::size_t n = std::min(left, size);
    frame.written += n;
    size -= n;
    if (n == left) output_.pop_front();
  }
}

bool WebSocket::close_sent() const { return wslay_event_get_close_sent(framing_->events()) != 0; }
bool WebSocket::close_received() const { return wslay_event_get_close_received(framing_->events()) != 0; }

std::uint16_t WebSocket::close_code() const {
  if (framing_->broken()) return static_cast<std::uint16_t>(CloseCode::protocol_error);
  return close_received() ? wslay_event_get_status_code_received(framing_->events())
                          : wslay_event_get_status_code_sent(framing_->events());
}

}  // namespace everysock::proxy
