// The three modes of a socket, once for all operations.
#ifndef EVERYSOCK_CORE_SOCKET_WAIT_H_
#define EVERYSOCK_CORE_SOCKET_WAIT_H_

#include <cstdint>
#include <optional>

#include "everysock/socket.h"
#include "src/timeout.h"

namespace everysock {

// Access to what Socket keeps private, for the files that implement it.
struct SocketIo {
  static std::int64_t timeout(const Socket& socket) noexcept { return socket.timeout_.load(std::memory_order_relaxed); }
  static void set_timeout(Socket& socket, std::int64_t timeout) noexcept {
    socket.timeout_.store(timeout, std::memory_order_relaxed);
  }
  static void forget_handle(Socket& socket) noexcept { socket.handle_ = Handle::invalid; }
  // Notes how the last operation of a socket in time-out mode went. Who sends asks for something that is still on its
  // way: the next receiving waits first.
  static void expect(Socket& socket, Interest direction, bool ready) noexcept {
    if (direction == Interest::read) {
      socket.receive_ready_.store(ready, std::memory_order_relaxed);
    } else {
      socket.send_ready_.store(ready, std::memory_order_relaxed);
      socket.receive_ready_.store(false, std::memory_order_relaxed);
    }
  }
  static bool expected_ready(const Socket& socket, Interest direction) noexcept {
    return (direction == Interest::read ? socket.receive_ready_ : socket.send_ready_).load(std::memory_order_relaxed);
  }

  // Waits until `socket` is ready; fails when the deadline passes.
  static Result<void> wait(Socket& socket, Interest direction, Operation operation, Deadline deadline);
  static Deadline deadline(Socket& socket) {
    const std::int64_t limit = timeout(socket);
    return limit > 0 ? Deadline::after(socket.backend_->now(), limit) : Deadline::never();
  }

  // Carries out one operation of a socket in time-out mode. `attempt` does it once, without waiting, and returns a
  // Result; `filled` says of its value whether more may follow at once. Without a deadline of the caller's the time-out
  // runs from the first wait, which an operation that is ready never comes to.
  template <typename Attempt, typename Filled>
  static auto until(Socket& socket, Interest direction, Operation operation, std::optional<Deadline> deadline,
                    Attempt attempt, Filled filled) -> decltype(attempt()) {
    bool try_first = expected_ready(socket, direction);
    for (;;) {
      if (!try_first) {
        if (!deadline) deadline = SocketIo::deadline(socket);
        const auto waited = wait(socket, direction, operation, *deadline);
        if (!waited) return Unexpected(waited.error());
      }
      auto result = attempt();
      if (result) {
        expect(socket, direction, filled(*result));
        return result;
      }
      if (result.error() == Errc::eagain) {
        // What is called ready and has nothing may be called so again at once, and for ever.
        if (!try_first && !deadline->is_never() && deadline->left(socket.backend_->now()) == 0) {
          return Unexpected(Error::timed_out(operation));
        }
        try_first = false;
      } else if (result.error() == Errc::eintr) {
        try_first = true;
      } else {
        return Unexpected(result.error().in(operation));
      }
    }
  }

  // The same for a socket in any mode: one call of `attempt` where no time-out is set.
  template <typename Attempt, typename Filled>
  static auto run(Socket& socket, Interest direction, Operation operation, Attempt attempt, Filled filled)
      -> decltype(attempt()) {
    if (timeout(socket) > 0) return until(socket, direction, operation, std::nullopt, attempt, filled);
    for (;;) {
      auto result = attempt();
      if (result) [[likely]]
        return result;
      if (result.error() != Errc::eintr) return Unexpected(result.error().in(operation));
    }
  }
};

}  // namespace everysock

#endif  // EVERYSOCK_CORE_SOCKET_WAIT_H_
