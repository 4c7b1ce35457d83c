// A client that speaks to the proxy byte by byte, so that tests can say what no library would.
#ifndef EVERYSOCK_TESTS_PROXY_SUPPORT_TEST_CLIENT_H_
#define EVERYSOCK_TESTS_PROXY_SUPPORT_TEST_CLIENT_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/websocket/protocol/frame_writer.h"
#include "backends/websocket/protocol/frames.h"
#include "everysock/socket.h"

namespace everysock::proxy {

// A client's WebSocket frame: first byte (FIN, reserved bits, opcode), length, mask, payload.
std::string masked_frame(unsigned char first_byte, std::string_view payload);

struct CloseFrame {
  int code;  // 1006: the connection ended without a close frame
  std::string reason;
  friend bool operator==(const CloseFrame&, const CloseFrame&) = default;
};
std::ostream& operator<<(std::ostream& out, const CloseFrame& frame);

// Every wait ends after some seconds, with a failure of the test.
class TestClient {
 public:
  // Fields to change in the upgrade request: an empty value leaves the field out.
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // Connects, without a handshake.
  explicit TestClient(std::uint16_t port);
  // Connects, shakes hands, and says hello with this token.
  static TestClient greeted(std::uint16_t port, std::string_view token = "", std::uint32_t window = 1u << 20);

  // ---- HTTP ----
  void send_raw(std::string_view bytes);
  // Everything up to the end of the stream.
  std::string read_to_end();
  // The response's header, or what came of it.
  std::string read_header();
  // The header of the answer to an upgrade request.
  std::string upgrade(const Fields& changes = {});

  // ---- WebSocket ----
  void send_message(std::string_view message) { send_raw(masked_frame(0x82, message)); }
  // The next binary message. Pings and pongs are skipped.
  std::string read_message();
  // One WebSocket frame: first byte and payload; nothing at the end of the stream.
  std::optional<std::pair<unsigned char, std::string>> read_websocket_frame();
  // What the proxy closes with; messages before it are dropped.
  CloseFrame read_close();

  // ---- everysock.v1 ----
  // Gathers frames; flush() sends them as one message.
  template <typename Body>
  TestClient& add(websocket::WireHandle handle, const Body& body, std::uint8_t flags = 0) {
    websocket::append_frame(outgoing_, handle, body, flags);
    return *this;
  }
  void flush();
  void hello(std::string_view token = "", std::uint32_t window = 1u << 20);

  // The next frame. What it refers to stays until the client is destroyed.
  websocket::Frame read_frame();
  // The next frame, which must be a Body for this handle. Pings of the proxy are skipped, and credit nobody asks for.
  template <typename Body>
  Body expect(websocket::WireHandle handle) {
    websocket::Frame frame = read_frame();
    while (std::holds_alternative<websocket::Credit>(frame.body) && !std::is_same_v<Body, websocket::Credit>) {
      frame = read_frame();
    }
    const Body* body = std::get_if<Body>(&frame.body);
    if (body == nullptr || frame.handle != handle) fail_unexpected(frame, handle, static_cast<int>(Body::type_number));
    return *body;
  }
  // The error of the Failed that must come next.
  Error expect_failed(websocket::WireHandle handle, std::uint32_t request);

  // ---- shorthands: a request, flushed, and its reply ----
  void open(websocket::WireHandle handle, AddressFamily family = af_inet, SocketKind kind = sock_stream);
  websocket::Done request_connect(websocket::WireHandle handle, const Address& address);
  Error failing_connect(websocket::WireHandle handle, const Address& address);
  // A stream's data until there are `size` bytes of it; gives credit back for them.
  std::string read_data(websocket::WireHandle handle, std::size_t size);

  Socket& socket() { return socket_; }
  std::uint32_t next_request() { return ++request_; }

 private:
  std::string read_bytes(std::size_t size);
  [[noreturn]] void fail_unexpected(const websocket::Frame& frame, websocket::WireHandle handle, int type);

  Socket socket_;
  std::string input_;
  std::string outgoing_;
  std::deque<std::string> messages_;
  std::string_view rest_;
  std::uint32_t request_ = 0;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_TESTS_PROXY_SUPPORT_TEST_CLIENT_H_
