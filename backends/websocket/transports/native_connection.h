// One WebSocket from its opening to its end, on the transport's thread.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_CONNECTION_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_CONNECTION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/transport.h"
#include "backends/websocket/transports/websocket_framing.h"
#include "backends/websocket/transports/websocket_url.h"
#include "everysock/socket.h"

namespace everysock::websocket {

// How we say goodbye.
struct Goodbye {
  std::uint16_t code;
  std::string reason;
};

class NativeConnection {
 public:
  // `ending` tells whether somebody wants the connection to end; selector.wake() has it asked.
  NativeConnection(Backend& network, Selector& selector, TransportListener& listener,
                   std::function<std::optional<Goodbye>()> ending);

  // Connects, serves until the end and tells how it ended. Calls everything of the listener but closed().
  LinkEnd run(const std::string& url);

 private:
  // A step that failed says why.
  using Step = std::optional<LinkEnd>;

  Step connect(const WebsocketUrl& url);
  Step connect_to(const AddressInfo& address);
  Step upgrade(const WebsocketUrl& url);
  LinkEnd serve();
  // Waits until the socket is ready; not, if the opening takes too long or is called off.
  Step wait_for(Interest interest);
  // Pulls messages and writes them, until there are no more or the socket is full.
  Step send_messages();
  // Writes what can be written at once.
  Step flush();
  Step read();

  Backend& network_;
  Selector& selector_;
  TransportListener& listener_;
  std::function<std::optional<Goodbye>()> ending_;
  Deadline opening_deadline_;
  Socket socket_;
  WebsocketFraming framing_;
  std::vector<char> buffer_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_NATIVE_CONNECTION_H_
