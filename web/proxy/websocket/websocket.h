// One WebSocket, server side, without I/O: bytes in, messages out, and the other way round.
// Source: RFC 6455.
#ifndef EVERYSOCK_WEB_PROXY_WEBSOCKET_WEBSOCKET_H_
#define EVERYSOCK_WEB_PROXY_WEBSOCKET_WEBSOCKET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "backends/websocket/transports/websocket_input.h"
#include "everysock/buffer.h"

namespace everysock::proxy {

// Close codes of RFC 6455 7.4.1 that the proxy sends.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported_data = 1003,
  policy_violation = 1008,
  message_too_big = 1009,
  internal_error = 1011,
  try_again_later = 1013,
};

class WebSocket final : private websocket::WebsocketInput::Handler {
 public:
  // `on_message` gets each complete binary message; the view is valid during the call. Messages of more than
  // `max_message` bytes close the WebSocket with 1009, text messages with 1003, malformed frames with 1002.
  WebSocket(std::size_t max_message, std::function<void(std::string_view)> on_message);
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  // Takes what arrived. Pings are answered, a close frame is answered. After a close has been sent or received, nothing
  // is taken any more.
  void receive(std::string_view bytes);
  // Whether receive() still makes sense.
  bool wants_input() const;

  // Queues a binary message, a ping, a close frame. Nothing can follow a close frame: it is dropped.
  void send(std::string message);
  void ping();
  void close(CloseCode code, std::string_view reason);

  // What is to be written, oldest first, as at most buffers.size() pieces; returns how many pieces.
  std::size_t output(std::span<ConstBuffer> buffers) const;
  // The first `size` bytes of it have been written.
  void written(std::size_t size);
  // How many bytes wait to be written.
  std::size_t queued() const noexcept { return queued_; }

  bool close_sent() const;
  bool close_received() const;
  // Why it ended, for the audit log: the code of the first close frame, 1006 if there was none yet.
  std::uint16_t close_code() const;

 private:
  struct Frame {
    std::array<char, 10> header;
    std::size_t header_size = 0;
    std::string payload;
    std::size_t written = 0;  // of both together
  };
  class HeaderWriter;
  void on_message(std::string_view bytes) override;
  void on_text_message() override;
  void queue_control_frames();

  const std::function<void(std::string_view)> message_callback_;
  websocket::WebsocketInput input_;
  std::unique_ptr<HeaderWriter> writer_;
  std::deque<Frame> output_;
  std::size_t queued_ = 0;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_WEBSOCKET_WEBSOCKET_H_
