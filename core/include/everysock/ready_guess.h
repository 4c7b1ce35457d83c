// How a socket in time-out mode saves system calls.
#ifndef EVERYSOCK_READY_GUESS_H_
#define EVERYSOCK_READY_GUESS_H_

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace everysock {

// A guess, for one direction of a socket, whether its next operation will be ready at once. If so it is tried first: a
// stream that is always full costs one system call. If not it is waited for first: an answer that is still on its way
// costs two, where trying in vain would make it three. The first vain try makes one operation wait (itself), the next
// one two, and so on to 128, until a try succeeds.
//
// Operations of several threads may share one: what they note gets mixed up and costs a call, never correctness.
class ReadyGuess {
 public:
  explicit ReadyGuess(bool ready) noexcept : waits_(ready ? 0 : 1) {}
  ReadyGuess(const ReadyGuess& other) noexcept { *this = other; }
  ReadyGuess& operator=(const ReadyGuess& other) noexcept {
    waits_.store(other.waits_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    penalty_.store(other.penalty_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    return *this;
  }

  // Whether to try first.
  bool ready() const noexcept { return waits_.load(std::memory_order_relaxed) == 0; }

  // An operation was tried first, in vain.
  void tried_in_vain() noexcept {
    const std::uint8_t penalty = penalty_.load(std::memory_order_relaxed);
    waits_.store(penalty, std::memory_order_relaxed);
    penalty_.store(std::min<std::uint8_t>(penalty, kMostWaits / 2) * 2, std::memory_order_relaxed);
  }

  // An operation succeeded. `more`: it got (or gave away) all that it could, so the next may well be ready, too.
  void succeeded(bool more) noexcept {
    const std::uint8_t waits = waits_.load(std::memory_order_relaxed);
    if (waits == 0) penalty_.store(1, std::memory_order_relaxed);
    if (more && waits > 0) waits_.store(waits - 1, std::memory_order_relaxed);
    if (!more && waits == 0) waits_.store(1, std::memory_order_relaxed);
  }

 private:
  static constexpr std::uint8_t kMostWaits = 128;

  std::atomic<std::uint8_t> waits_;       // operations that wait before the next is tried first
  std::atomic<std::uint8_t> penalty_{1};  // what the next vain try sets waits_ to
};

}  // namespace everysock

#endif  // EVERYSOCK_READY_GUESS_H_
