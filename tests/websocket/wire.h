// Frames as a test's server reads and writes them.
#ifndef EVERYSOCK_TESTS_WEBSOCKET_WIRE_H_
#define EVERYSOCK_TESTS_WEBSOCKET_WIRE_H_

#include <deque>
#include <string>
#include <string_view>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/protocol/frame_reader.h"
#include "backends/websocket/protocol/frame_writer.h"
#include "backends/websocket/protocol/frames.h"

namespace everysock::websocket {

// One frame, as a message of its own.
template <typename Body>
std::string message(WireHandle handle, const Body& body, std::uint8_t flags = 0) {
  std::string bytes;
  append_frame(bytes, handle, body, flags);
  return bytes;
}

// A hello with everything supported natively and these limits.
std::string server_hello(std::uint32_t window = 1000, std::uint32_t max_sockets = 100,
                         std::uint32_t ping_interval = 25000);

// "10 00 ff" as bytes; blanks and line ends do not matter.
std::string from_hex(std::string_view text);
std::string to_hex(std::string_view bytes);

// An engine and a server that is played by the test, with nothing in between.
class Wire {
 public:
  // The link is up with the hellos exchanged.
  explicit Wire(std::uint32_t server_window = 1000, std::uint32_t client_window = 1000);

  // Hands the engine a frame; the protocol error that it finds, if any.
  template <typename Body>
  std::optional<ProtocolError> send(WireHandle handle, const Body& body, std::uint8_t flags = 0) {
    return engine.receive(message(handle, body, flags), 0);
  }

  // The next frame that the engine has sent: fails the test where there is none, or one of another type.
  template <typename Body>
  Body expect();
  // Handle and flags of the frame that expect() gave last.
  WireHandle handle = 0;
  std::uint8_t flags = 0;
  // Whether the engine has sent nothing more.
  bool quiet();
  // Passes over one frame.
  void skip() { next(); }

  // An open socket whose open has been answered.
  SocketPointer opened(AddressFamily family = af_inet, SocketKind kind = sock_stream);
  // A connected stream.
  SocketPointer connected(AddressFamily family = af_inet, SocketKind kind = sock_stream);
  SocketPointer listening(int backlog = 5);

  ClientEngine engine;

 private:
  Frame next();
  void pull();

  std::deque<std::string> frames_;  // the bytes of those not looked at yet
  std::string current_;
};

Result<std::size_t> send_text(ClientEngine& engine, SocketState& socket, std::string_view text);
// What one receive gives, or "!ECONNRESET".
std::string receive_text(ClientEngine& engine, SocketState& socket, std::size_t size = 100, MessageFlags flags = {});

inline const Address server_address = InetAddress{"127.0.0.1", 80};
inline const Address client_address = InetAddress{"127.0.0.1", 40000};

}  // namespace everysock::websocket

#include "tests/websocket/wire_expect.h"

#endif  // EVERYSOCK_TESTS_WEBSOCKET_WIRE_H_
