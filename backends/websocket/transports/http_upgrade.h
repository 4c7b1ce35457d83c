// The opening handshake of a WebSocket, the client's side, without I/O (RFC 6455 section 4).
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_HTTP_UPGRADE_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_HTTP_UPGRADE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "backends/websocket/transports/websocket_url.h"

namespace everysock::websocket {

class HttpUpgrade {
 public:
  enum class State { reading, done, failed };

  // `nonce`: 16 random bytes.
  HttpUpgrade(const WebsocketUrl& url, std::string_view nonce);
  ~HttpUpgrade();

  // What to send first.
  const std::string& request() const noexcept { return request_; }
  // Takes bytes of the answer and returns how many belonged to it; what follows is the WebSocket's.
  std::size_t feed(std::string_view bytes);
  State state() const noexcept { return state_; }
  // For a person, when failed.
  const std::string& problem() const noexcept { return problem_; }
  // The server said 401 or 403.
  bool refused() const noexcept { return refused_; }

 private:
  struct Parser;
  void judge();
  void fail(std::string problem);

  std::string request_;
  std::string accept_;
  std::unique_ptr<Parser> parser_;
  State state_ = State::reading;
  std::string problem_;
  bool refused_ = false;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_TRANSPORTS_HTTP_UPGRADE_H_
