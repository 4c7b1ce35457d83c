#include "backends/websocket/transports/websocket_input.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <utility>

namespace everysock::websocket {

// wslay's event interface, without the buffers it would make: only we know how long a message of several frames may be.
class WebsocketInput::Events {
 public:
  Events(Role role, std::size_t max_message, Handler& handler)
      : role_(role), max_message_(max_message), handler_(handler) {
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = &Events::read;
    callbacks.send_callback = &Events::write;
    callbacks.genmask_callback = &Events::mask;
    callbacks.on_frame_recv_start_callback = &Events::on_frame_start;
    callbacks.on_frame_recv_chunk_callback = &Events::on_chunk;
    callbacks.on_msg_recv_callback = &Events::on_message;
    const auto init = role == Role::client ? wslay_event_context_client_init : wslay_event_context_server_init;
    // Fails for want of memory alone, which ends the process everywhere else, too.
    if (init(&context_, &callbacks, this) != 0) std::abort();
    wslay_event_config_set_no_buffering(context_, 1);
    wslay_event_config_set_max_recv_msg_length(context_, std::numeric_limits<std::int64_t>::max());
  }
  ~Events() { wslay_event_context_free(context_); }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  wslay_event_context_ptr context() const noexcept { return context_; }
  bool broken() const noexcept { return broken_; }
  const std::string& reason() const noexcept { return reason_; }

  void receive(std::string_view bytes) {
    input_ = bytes;
    // The callbacks do not fail, so what failed is the reading of a frame. wslay has queued a close frame without a
    // code.
    if (wslay_event_recv(context_) != 0) broken_ = true;
    input_ = {};
  }

  void close(std::uint16_t code, std::string_view reason) {
    constexpr std::size_t longest_reason = 122;
    // Fails only if a close frame is queued already.
    (void)wslay_event_queue_close(context_, code, reinterpret_cast<const std::uint8_t*>(reason.data()),
                                  std::min(reason.size(), longest_reason));
  }

  void refuse(std::uint16_t code, std::string_view reason) {
    wslay_event_shutdown_read(context_);
    close(code, reason);
  }

  std::string take_control_frames() {
    while (wslay_event_want_write(context_) != 0 && wslay_event_send(context_) == 0) {
    }
    constexpr std::string_view no_code("\x88\x00", 2);
    if (broken_ && role_ == Role::server && control_.ends_with(no_code)) {
      control_.replace(control_.size() - no_code.size(), no_code.size(), "\x88\x02\x03\xea");
    }
    return std::exchange(control_, {});
  }

 private:
  static Events& self(void* user_data) { return *static_cast<Events*>(user_data); }

  static ssize_t read(wslay_event_context_ptr context, std::uint8_t* buffer, std::size_t size, int, void* user_data) {
    std::string_view& input = self(user_data).input_;
    if (input.empty()) {
      wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
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

  static int mask(wslay_event_context_ptr, std::uint8_t* buffer, std::size_t size, void*) {
    std::random_device random;
    std::generate_n(buffer, size, [&] { return static_cast<std::uint8_t>(random()); });
    return 0;
  }

  static void on_frame_start(wslay_event_context_ptr, const wslay_event_on_frame_recv_start_arg* frame,
                             void* user_data) {
    Events& events = self(user_data);
    events.in_control_frame_ = wslay_is_ctrl_frame(frame->opcode) != 0;
    if (events.in_control_frame_) return;
    if (frame->opcode != WSLAY_CONTINUATION_FRAME) events.in_text_ = frame->opcode == WSLAY_TEXT_FRAME;
    if (frame->opcode == WSLAY_TEXT_FRAME) {
      events.handler_.on_text_message();
    } else if (frame->payload_length > events.max_message_ - events.message_.size()) {
      events.refuse(1009, "message-too-large");
    }
  }

  static void on_chunk(wslay_event_context_ptr context, const wslay_event_on_frame_recv_chunk_arg* chunk,
                       void* user_data) {
    Events& events = self(user_data);
    if (events.in_control_frame_ || events.in_text_ || wslay_event_get_read_enabled(context) == 0) return;
    events.message_.append(reinterpret_cast<const char*>(chunk->data), chunk->data_length);
  }

  static void on_message(wslay_event_context_ptr context, const wslay_event_on_msg_recv_arg* message, void* user_data) {
    Events& events = self(user_data);
    if (message->opcode == WSLAY_CONNECTION_CLOSE) {
      constexpr std::size_t code_size = 2;
      const std::string_view bytes(reinterpret_cast<const char*>(message->msg), message->msg_length);
      events.reason_ = bytes.substr(std::min(bytes.size(), code_size));
    }
    if (wslay_is_ctrl_frame(message->opcode)) return;
    if (!events.in_text_ && wslay_event_get_read_enabled(context) != 0) events.handler_.on_message(events.message_);
    events.message_.clear();
  }

  wslay_event_context_ptr context_ = nullptr;
  const Role role_;
  const std::size_t max_message_;
  Handler& handler_;
  std::string_view input_;
  std::string message_;
  std::string control_;
  std::string reason_;
  bool in_control_frame_ = false;
  bool in_text_ = false;
  bool broken_ = false;
};

WebsocketInput::WebsocketInput(Role role, std::size_t max_message, Handler& handler)
    : events_(std::make_unique<Events>(role, max_message, handler)) {}
WebsocketInput::~WebsocketInput() = default;

void WebsocketInput::receive(std::string_view bytes) { events_->receive(bytes); }
bool WebsocketInput::wants_more() const { return wslay_event_get_read_enabled(events_->context()) != 0; }
bool WebsocketInput::broken() const { return events_->broken(); }

void WebsocketInput::ping() {
  const wslay_event_msg ping{WSLAY_PING, nullptr, 0};
  // Refused after a close frame, when a ping is of no use.
  (void)wslay_event_queue_msg(events_->context(), &ping);
}
void WebsocketInput::close(std::uint16_t code, std::string_view reason) { events_->close(code, reason); }
void WebsocketInput::refuse(std::uint16_t code, std::string_view reason) { events_->refuse(code, reason); }
std::string WebsocketInput::take_control_frames() { return events_->take_control_frames(); }

bool WebsocketInput::close_sent() const { return wslay_event_get_close_sent(events_->context()) != 0; }
bool WebsocketInput::close_received() const { return wslay_event_get_close_received(events_->context()) != 0; }
std::uint16_t WebsocketInput::sent_code() const { return wslay_event_get_status_code_sent(events_->context()); }
std::uint16_t WebsocketInput::received_code() const { return wslay_event_get_status_code_received(events_->context()); }
const std::string& WebsocketInput::received_reason() const { return events_->reason(); }

}  // namespace everysock::websocket
