#include "web/proxy/websocket/websocket.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace everysock::proxy {

namespace {

std::uint16_t number(CloseCode code) { return static_cast<std::uint16_t>(code); }

}  // namespace

// wslay's frame interface makes the headers of our own messages, which stay where they are and are never copied.
class WebSocket::HeaderWriter {
 public:
  HeaderWriter() {
    wslay_frame_callbacks callbacks{};
    callbacks.send_callback = &HeaderWriter::write;
    // Fails for want of memory alone, which ends the process everywhere else, too.
    if (wslay_frame_context_init(&frames_, &callbacks, this) != 0) std::abort();
  }
  ~HeaderWriter() { wslay_frame_context_free(frames_); }
  HeaderWriter(const HeaderWriter&) = delete;
  HeaderWriter& operator=(const HeaderWriter&) = delete;

  void write_header(Frame& frame) {
    wslay_frame_iocb io{};
    io.fin = 1;
    io.opcode = WSLAY_BINARY_FRAME;
    io.payload_length = frame.payload.size();
    io.data = reinterpret_cast<const std::uint8_t*>(frame.payload.data());
    io.data_length = frame.payload.size();
    frame_ = &frame;
    (void)wslay_frame_send(frames_, &io);
    frame_ = nullptr;
  }

 private:
  // Called for the header first, then for the payload, which stays in its place.
  static ssize_t write(const std::uint8_t* data, std::size_t size, int, void* user_data) {
    Frame& frame = *static_cast<HeaderWriter*>(user_data)->frame_;
    if (reinterpret_cast<const char*>(data) != frame.payload.data()) {
      std::memcpy(frame.header.data() + frame.header_size, data, size);
      frame.header_size += size;
    }
    return static_cast<ssize_t>(size);
  }

  wslay_frame_context_ptr frames_ = nullptr;
  Frame* frame_ = nullptr;
};

WebSocket::WebSocket(std::size_t max_message, std::function<void(std::string_view)> on_message)
    : message_callback_(std::move(on_message)),
      input_(websocket::WebsocketInput::Role::server, max_message, *this),
      writer_(std::make_unique<HeaderWriter>()) {}
WebSocket::~WebSocket() = default;

void WebSocket::receive(std::string_view bytes) {
  input_.receive(bytes);
  queue_control_frames();
}

void WebSocket::on_message(std::string_view bytes) { message_callback_(bytes); }
void WebSocket::on_text_message() { input_.refuse(number(CloseCode::unsupported_data), "text-message"); }

bool WebSocket::wants_input() const { return input_.wants_more(); }

void WebSocket::send(std::string message) {
  if (close_sent()) return;
  Frame& frame = output_.emplace_back();
  frame.payload = std::move(message);
  writer_->write_header(frame);
  queued_ += frame.header_size + frame.payload.size();
}

void WebSocket::ping() {
  input_.ping();
  queue_control_frames();
}

void WebSocket::close(CloseCode code, std::string_view reason) {
  input_.close(number(code), reason);
  queue_control_frames();
}

void WebSocket::queue_control_frames() {
  std::string frames = input_.take_control_frames();
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

bool WebSocket::close_sent() const { return input_.close_sent(); }
bool WebSocket::close_received() const { return input_.close_received(); }

std::uint16_t WebSocket::close_code() const {
  if (input_.broken()) return number(CloseCode::protocol_error);
  return close_received() ? input_.received_code() : input_.sent_code();
}

}  // namespace everysock::proxy
