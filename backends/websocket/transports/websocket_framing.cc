#include "backends/websocket/transports/websocket_framing.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>

#include "backends/websocket/protocol/frames.h"

namespace everysock::websocket {
namespace {

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

}  // namespace

// wslay's event interface reads, and writes control frames; its frame interface writes messages without keeping a copy.
struct WebsocketFraming::State {
  explicit State(TransportListener& listener) : listener(listener) {
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = &State::on_read;
    callbacks.send_callback = &State::on_event_write;
    callbacks.genmask_callback = &State::on_event_mask;
    callbacks.on_msg_recv_callback = &State::on_message;
    // Both fail for want of memory alone, which ends the process everywhere else, too.
    if (wslay_event_context_client_init(&events, &callbacks, this) != 0) std::abort();
    wslay_event_config_set_max_recv_msg_length(events, min_max_message);
    wslay_frame_callbacks frame_callbacks{};
    frame_callbacks.send_callback = &State::on_frame_write;
    frame_callbacks.genmask_callback = &State::on_frame_mask;
    if (wslay_frame_context_init(&frames, &frame_callbacks, this) != 0) std::abort();
  }
  ~State() {
    wslay_frame_context_free(frames);
    wslay_event_context_free(events);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static State& self(void* user_data) { return *static_cast<State*>(user_data); }

  ssize_t write(const std::uint8_t* data, std::size_t size) {
    output.append(reinterpret_cast<const char*>(data), size);
    return static_cast<ssize_t>(size);
  }
  int mask(std::uint8_t* buffer, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) buffer[i] = static_cast<std::uint8_t>(random());
    return 0;
  }

  static ssize_t on_read(wslay_event_context_ptr events, std::uint8_t* buffer, std::size_t size, int, void* user_data) {
    std::string_view& input = self(user_data).input;
    if (input.empty()) {
      wslay_event_set_error(events, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }
    const std::size_t n = std::min(size, input.size());
    std::memcpy(buffer, input.data(), n);
    input.remove_prefix(n);
    return static_cast<ssize_t>(n);
  }
  static ssize_t on_event_write(wslay_event_context_ptr, const std::uint8_t* data, std::size_t size, int,
                                void* user_data) {
    return self(user_data).write(data, size);
  }
  static int on_event_mask(wslay_event_context_ptr, std::uint8_t* buffer, std::size_t size, void* user_data) {
    return self(user_data).mask(buffer, size);
  }
  static ssize_t on_frame_write(const std::uint8_t* data, std::size_t size, int, void* user_data) {
    return self(user_data).write(data, size);
  }
  static int on_frame_mask(std::uint8_t* buffer, std::size_t size, void* user_data) {
    return self(user_data).mask(buffer, size);
  }
  static void on_message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* message, void* user_data) {
    State& state = self(user_data);
    const std::string_view bytes(reinterpret_cast<const char*>(message->msg), message->msg_length);
    if (message->opcode == WSLAY_BINARY_FRAME) {
      state.listener.message(bytes);
    } else if (message->opcode == WSLAY_TEXT_FRAME) {
      state.listener.text_message();
    } else if (message->opcode == WSLAY_CONNECTION_CLOSE) {
      constexpr std::size_t code_size = 2;
      state.finished = true;
      state.end.code = message->status_code == 0 ? std::uint16_t{1005} : message->status_code;
      state.end.reason = bytes.substr(std::min(bytes.size(), code_size));
    }
  }

  // What wslay wants to say by itself.
  void write_control_frames() {
    while (wslay_event_want_write(events) != 0 && wslay_event_send(events) == 0) {
    }
  }

  TransportListener& listener;
  wslay_event_context_ptr events = nullptr;
  wslay_frame_context_ptr frames = nullptr;
  std::random_device random;
  std::string_view input;
  std::string output;
  std::size_t written = 0;
  bool finished = false;
  LinkEnd end;
};

WebsocketFraming::WebsocketFraming(TransportListener& listener) : state_(std::make_unique<State>(listener)) {}
WebsocketFraming::~WebsocketFraming() = default;

void WebsocketFraming::receive(std::string_view bytes) {
  state_->input = bytes;
  const int result = wslay_event_recv(state_->events);
  state_->input = {};
  state_->write_control_frames();
  if (!state_->finished && (result != 0 || wslay_event_get_read_enabled(state_->events) == 0)) {
    state_->finished = true;
    state_->end.reason = "the server broke the WebSocket protocol";
  }
}

void WebsocketFraming::send(std::string_view message) {
  wslay_frame_iocb frame{};
  frame.fin = 1;
  frame.opcode = WSLAY_BINARY_FRAME;
  frame.mask = 1;
  frame.payload_length = message.size();
  frame.data = bytes_of(message);
  frame.data_length = message.size();
  // An empty message, or one whose header was written first, needs another call for the rest.
  std::size_t sent = 0;
  do {
    const ssize_t n = wslay_frame_send(state_->frames, &frame);
    if (n < 0) std::abort();  // the callbacks do not fail
    sent += static_cast<std::size_t>(n);
    frame.data = bytes_of(message) + sent;
    frame.data_length = message.size() - sent;
  } while (sent < message.size());
}

void WebsocketFraming::close(std::uint16_t code, std::string_view reason) {
  constexpr std::size_t longest_reason = 123;
  // Fails only if a close frame has been queued already.
  (void)wslay_event_queue_close(state_->events, code, bytes_of(reason), std::min(reason.size(), longest_reason));
  state_->write_control_frames();
}

std::string_view WebsocketFraming::output() const noexcept {
  return std::string_view(state_->output).substr(state_->written);
}

void WebsocketFraming::written(std::size_t size) {
  state_->written += size;
  if (state_->written < state_->output.size()) return;
  state_->output.clear();
  state_->written = 0;
}

bool WebsocketFraming::finished() const noexcept { return state_->finished; }
const LinkEnd& WebsocketFraming::end() const noexcept { return state_->end; }

}  // namespace everysock::websocket
