#include "backends/websocket/transports/websocket_framing.h"

#include <wslay/wslay.h>

#include <cstdlib>
#include <random>

#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/transports/websocket_input.h"

namespace everysock::websocket {
namespace {

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

}  // namespace

// wslay's frame interface writes messages, masked, without keeping a copy.
struct WebsocketFraming::State final : WebsocketInput::Handler {
  explicit State(TransportListener& transport_listener) : listener(transport_listener) {
    wslay_frame_callbacks callbacks{};
    callbacks.send_callback = &State::on_write;
    callbacks.genmask_callback = &State::on_mask;
    // Fails for want of memory alone, which ends the process everywhere else, too.
    if (wslay_frame_context_init(&frames, &callbacks, this) != 0) std::abort();
  }
  ~State() { wslay_frame_context_free(frames); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void on_message(std::string_view bytes) override { listener.message(bytes); }
  void on_text_message() override { listener.text_message(); }

  static ssize_t on_write(const std::uint8_t* data, std::size_t size, int, void* user_data) {
    static_cast<State*>(user_data)->output.append(reinterpret_cast<const char*>(data), size);
    return static_cast<ssize_t>(size);
  }
  static int on_mask(std::uint8_t* buffer, std::size_t size, void* user_data) {
    std::random_device& random = static_cast<State*>(user_data)->random;
    for (std::size_t i = 0; i < size; ++i) buffer[i] = static_cast<std::uint8_t>(random());
    return 0;
  }

  TransportListener& listener;
  WebsocketInput input{WebsocketInput::Role::client, min_max_message, *this};
  wslay_frame_context_ptr frames = nullptr;
  std::random_device random;
  std::string output;
  std::size_t written = 0;
  bool finished = false;
  LinkEnd end;
};

WebsocketFraming::WebsocketFraming(TransportListener& listener) : state_(std::make_unique<State>(listener)) {}
WebsocketFraming::~WebsocketFraming() = default;

void WebsocketFraming::receive(std::string_view bytes) {
  WebsocketInput& input = state_->input;
  input.receive(bytes);
  state_->output += input.take_control_frames();
  if (state_->finished || input.wants_more()) return;
  state_->finished = true;
  if (input.close_received()) {
    state_->end.code = input.received_code();
    state_->end.reason = input.received_reason();
  } else {
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
  state_->input.close(code, reason);
  state_->output += state_->input.take_control_frames();
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
