// One WebSocket, the client's side, without I/O: wslay does the framing.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_FRAMING_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_FRAMING_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "backends/websocket/transport.h"

namespace everysock::websocket {

class WebsocketFraming {
 public:
  // `listener` hears message() and text_message().
  explicit WebsocketFraming(TransportListener& listener);
  ~WebsocketFraming();

  // Takes what arrived. Pings and a close frame are answered by themselves.
  void receive(std::string_view bytes);
  void send(std::string_view message);
  void close(std::uint16_t code, std::string_view reason);

  // The bytes to be written; those that have been are cut off with written().
  std::string_view output() const noexcept;
  void written(std::size_t size);

  // The server has sent a close frame (end() has its code and reason), or has broken RFC 6455.
  bool finished() const noexcept;
  const LinkEnd& end() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_WEBSOCKET_FRAMING_H_
