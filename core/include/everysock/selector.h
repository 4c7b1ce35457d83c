// Waiting for many sockets at once, on any backend: epoll, WSAPoll, the simulated network or a browser's WebSocket.
//
//   Selector selector = Selector::create().value();
//   selector.add(listener, Interest::read).value();
//   for (;;) {
//     const auto events = selector.select(1.0).value();
//     for (const Selector::Event& event : events) {
//       if (event.socket == &listener) ...
//     }
//   }
//
// Source: Python documentation, "selectors" (the API), epoll(7), poll(2). Beyond the documentation of socket.
#ifndef EVERYSOCK_SELECTOR_H_
#define EVERYSOCK_SELECTOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "everysock/backend.h"
#include "everysock/default_backend.h"
#include "everysock/error.h"
#include "everysock/time.h"

namespace everysock {

class Socket;

// Level-triggered: an event is reported by every select() as long as it holds. A socket that failed or hung up is
// ready for whatever was asked. Sockets of one backend only. Registered sockets must not be moved, and must be removed
// before they are closed or destroyed.
//
// Threads: one thread selects; wake() may be called from any.
class Selector {
 public:
  struct Event {
    Socket* socket;
    Interest ready;
    void* data;  // what was given to add() or modify()
  };

  static Result<Selector> create(Backend& backend = default_backend());
  Selector(Selector&&) noexcept;
  Selector& operator=(Selector&&) noexcept;
  ~Selector();

  // Usage errors: already_registered, mixed_backends, no_interest. EBADF for a closed socket.
  Result<void> add(Socket& socket, Interest interest, void* data = nullptr);
  // Usage errors: not_registered, no_interest.
  Result<void> modify(Socket& socket, Interest interest, void* data = nullptr);
  Result<void> remove(Socket& socket);
  std::size_t size() const noexcept;

  // Waits until something is ready, the time-out passes (then nothing is returned) or wake() is called. nullopt waits
  // for ever, 0 only looks. A signal does not end the wait. The events stay valid until the next select(); each socket
  // appears once. Allocates nothing once it has seen its largest number of events.
  Result<std::span<const Event>> select(Timeout timeout = std::nullopt);

  // Makes the present select(), or the next one, return.
  void wake();

  // Poller::set_callback: has `callback` called when something may have become ready, for programs that cannot wait
  // (a browser page's own thread), which then call select(0). EOPNOTSUPP where the backend has no such thing.
  Result<void> set_callback(std::function<void()> callback);

 private:
  struct State;
  explicit Selector(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace everysock

#endif  // EVERYSOCK_SELECTOR_H_
