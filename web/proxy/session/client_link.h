// How a session reaches its client.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_CLIENT_LINK_H_
#define EVERYSOCK_WEB_PROXY_SESSION_CLIENT_LINK_H_

#include <cstddef>
#include <string_view>

#include "web/proxy/websocket/websocket.h"

namespace everysock::proxy {

class ClientLink {
 public:
  virtual ~ClientLink() = default;
  // The session has output; take_output() is called at the end of this turn.
  virtual void output_pending() = 0;
  // How many bytes wait for the client to read them, those of the session's untaken output aside.
  virtual std::size_t queued() const = 0;
  // Sends what is pending, then closes the WebSocket. The session gets nothing more.
  virtual void close(CloseCode code, std::string_view reason) = 0;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_CLIENT_LINK_H_
