// What carries messages between the client and its proxy: one WebSocket at a time. Implemented by native_transport.cc
// (any Backend), browser_transport.cc (the page's or Node's own WebSocket) and by tests.
//
// The client pushes nothing: it says output_ready(), and the transport's I/O thread then pulls messages with
// next_message() as long as the WebSocket takes them: until it gives "" (then output_ready() tells of the next one) or
// the WebSocket is full (then it goes on by itself as soon as there is room). So messages that gather while the
// WebSocket is busy are joined, and a slow one holds nothing but its own buffer.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORT_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "everysock/time.h"

namespace everysock::websocket {

// How a WebSocket ended, or why there was none.
struct LinkEnd {
  // The close frame's code and reason (RFC 6455 7.4); 1006 and a text for people where there was no close frame.
  std::uint16_t code = 1006;
  std::string reason;
  // The server answered the opening handshake and did not want us (HTTP 401 or 403).
  bool refused = false;
};

// The client, as the transport sees it. All functions are called on the I/O thread, in the order of the events. A
// transport that has called closed() calls nothing more until the next Transport::open().
class TransportListener {
 public:
  // The WebSocket is open; next_message() may be called.
  virtual void opened() = 0;
  // A binary message came; the view is valid during the call.
  virtual void message(std::string_view bytes) = 0;
  // A text message came.
  virtual void text_message() = 0;
  // The WebSocket is gone, or could not be opened. Exactly once for each open().
  virtual void closed(const LinkEnd& end) = 0;
  // To be called about once a second while the WebSocket is open: finds dead links.
  virtual void tick() = 0;
  // The next message to send, "" when there is none; output_ready() then tells of the next.
  virtual std::string next_message() = 0;

 protected:
  ~TransportListener() = default;
};

// How a thread waits, where a condition variable would not do.
class Sleeper {
 public:
  // Gives the lock up, waits for notify() or the deadline, and takes the lock again. May return early.
  virtual void sleep(std::unique_lock<std::mutex>& lock, Deadline deadline) = 0;
  // Any thread. One that comes before sleep() ends the next sleep().
  virtual void notify() = 0;

 protected:
  ~Sleeper() = default;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Begins to open a WebSocket with the subprotocol `everysock.v1`; returns at once. `listener` hears the outcome:
  // opened() or closed(), within about ten seconds. Not while another is open or being opened; any thread. It calls
  // nothing of the listener before it has returned.
  virtual void open(const std::string& url, TransportListener& listener) = 0;
  // There is output. Any thread; cheap, because it stands in the path of every request. During a call of the listener
  // it needs to do nothing beyond remembering: messages are pulled after each. Otherwise it may pull them before it
  // returns, where the I/O thread is the caller's own: hold no lock that the listener takes. The same holds for
  // close().
  virtual void output_ready() = 0;
  // Sends what has been pulled and a close frame, as far as that goes at once, and drops the WebSocket: closed() comes
  // promptly, whatever the peer does. Any thread; nothing happens when none is open.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  // Ends everything, for good: when it returns, nothing of the listener is being called or will be. Not during a call
  // of the listener.
  virtual void stop() = 0;
  // Whether the calling thread may wait: not a page's own, nor the I/O thread, but where its program can be suspended.
  virtual bool may_block() const = 0;
  // How the calling thread waits, if it may; null: by a condition variable. Lives as long as the transport.
  virtual Sleeper* sleeper() { return nullptr; }
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORT_H_
