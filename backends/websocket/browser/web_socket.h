// The JavaScript WebSocket, seen from C++: one at a time for each listener, on a thread that lives in its event loop.
// In a browser it is the browser's, in Node.js its own (22 and later) or that of the npm package ws. Source: WHATWG
// WebSockets Standard.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_WEB_SOCKET_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_WEB_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "backends/websocket/transport.h"

namespace everysock::websocket {

// Called on the thread of the WebSocket, each in a task of its own.
class WebSocketEvents {
 public:
  virtual void on_open() = 0;
  virtual void on_message(std::string_view bytes) = 0;
  virtual void on_text_message() = 0;
  // The WebSocket is gone, or could not be opened. Nothing comes after it.
  virtual void on_close(const LinkEnd& end) = 0;
  // Once a second while it is open.
  virtual void on_second() = 0;
  // Where to put a message of `size` bytes.
  virtual char* room_for(std::size_t size) = 0;

 protected:
  ~WebSocketEvents() = default;
};

namespace web_socket {

// Begins to open a WebSocket; on_open() or on_close() follows within ten seconds, never during the call. "" is the
// proxy of the origin that the program came from. Not while `events` has another in use.
void open(const std::string& url, WebSocketEvents& events);
// Only after on_open() and before on_close(); what a closing WebSocket does not take is dropped, as on a network.
void send(WebSocketEvents& events, std::string_view bytes);
// Bytes that were sent and have not left yet.
std::size_t buffered(WebSocketEvents& events);
// Sends a close frame behind what was sent, as far as that goes, and forgets the WebSocket: no event follows.
void drop(WebSocketEvents& events, std::uint16_t code, const std::string& reason);
// From now on the program's end closes those of the main thread, which outlives it.
void close_at_exit();

}  // namespace web_socket

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_WEB_SOCKET_H_
