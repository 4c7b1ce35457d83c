// What comes in at one end of a WebSocket, and the control frames of both directions, without I/O: wslay does the
// framing. The native transport and everysock-proxy write their own messages, each in its way. Source: RFC 6455.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_INPUT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace everysock::websocket {

class WebsocketInput {
 public:
  enum class Role { client, server };

  class Handler {
   public:
    // A complete binary message; the view is valid during the call.
    virtual void on_message(std::string_view bytes) = 0;
    // A text message has begun; it is passed over.
    virtual void on_text_message() = 0;

   protected:
    ~Handler() = default;
  };

  // Messages of more than `max_message` bytes close the WebSocket with 1009, malformed frames with 1002.
  WebsocketInput(Role role, std::size_t max_message, Handler& handler);
  ~WebsocketInput();
  WebsocketInput(const WebsocketInput&) = delete;
  WebsocketInput& operator=(const WebsocketInput&) = delete;

  // Takes what arrived. Pings and a close frame are answered; after a close has been received, or the peer has broken
  // the protocol, nothing is taken any more.
  void receive(std::string_view bytes);
  // Whether receive() still makes sense.
  bool wants_more() const;
  // The peer broke the protocol.
  bool broken() const;

  void ping();
  // Only the first close frame is sent. Reasons are cut off at 122 bytes.
  void close(std::uint16_t code, std::string_view reason);
  // Closes, and takes nothing any more.
  void refuse(std::uint16_t code, std::string_view reason);
  // The control frames that are to be sent, in front of what is written from now on.
  std::string take_control_frames();

  bool close_sent() const;
  bool close_received() const;
  // Of the frame that was sent or received; 1005 for one without a code, 1006 before.
  std::uint16_t sent_code() const;
  std::uint16_t received_code() const;
  const std::string& received_reason() const;

 private:
  class Events;
  std::unique_ptr<Events> events_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_INPUT_H_
