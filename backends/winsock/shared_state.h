// What a socket shares with its duplicates and Winsock does not tell or does not share: whether it is blocking, which
// is set for one handle alone, and which directions were shut down.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_SHARED_STATE_H_
#define EVERYSOCK_BACKENDS_WINSOCK_SHARED_STATE_H_

#include <memory>
#include <vector>

#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

struct SharedState;

// All may be called from any thread. A socket that nobody spoke of is blocking and open in both directions.

bool is_blocking(SOCKET socket);
// Of the socket and its duplicates. False where Winsock refuses it; WSAGetLastError() says why.
bool set_blocking_mode(SOCKET socket, bool blocking);

struct Directions {
  bool receiving = false;
  bool sending = false;
};
// What shutdown() has ended.
Directions ended(SOCKET socket);
// Adds to it, and gives the socket and its duplicates.
std::vector<SOCKET> end(SOCKET socket, Directions directions);

// Accepting is under way while one lives: shutdown() of a listener waits for the end of all that began before.
class Accepting {
 public:
  explicit Accepting(SOCKET socket);
  Accepting(const Accepting&) = delete;
  Accepting& operator=(const Accepting&) = delete;
  ~Accepting();

 private:
  const std::shared_ptr<SharedState> state_;
};
bool is_accepting(SOCKET socket);

// From now on the two have one state.
void share_state(SOCKET original, SOCKET duplicate);
void forget_state(SOCKET socket);

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_SHARED_STATE_H_
