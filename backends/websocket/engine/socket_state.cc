#include "backends/websocket/engine/socket_state.h"

namespace everysock::websocket {

// As Linux's poll: a stream socket that was never connected has hung up, and so is ready for anything.
bool SocketState::readable() const noexcept {
  if (pending_error || broken || receive_shut) return true;
  switch (phase) {
    case Phase::open:
      return listen_pending ? false : has_connections() || !packets.empty();
    case Phase::connecting:
      return false;
    case Phase::connected:
      return ended || !packets.empty() || bytes.size() >= options.receive_low_water;
    case Phase::listening:
      return !accept_queue.empty();
    case Phase::lost:
    case Phase::closed:
      return true;
  }
  return true;
}

bool SocketState::writable() const noexcept {
  if (pending_error || broken || send_shut || send_broken) return true;
  switch (phase) {
    case Phase::open:
      return listen_pending ? false : has_connections() || send_credit > 0;
    case Phase::connecting:
    case Phase::listening:
      return false;
    case Phase::connected:
      return send_credit > 0;
    case Phase::lost:
    case Phase::closed:
      return true;
  }
  return true;
}

}  // namespace everysock::websocket
