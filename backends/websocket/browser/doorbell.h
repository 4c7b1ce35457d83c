// Wakes a thread that sleeps in its JavaScript event loop, where no futex reaches it.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_DOORBELL_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_DOORBELL_H_

#include <emscripten/proxying.h>
#include <pthread.h>

#include <atomic>
#include <cstdint>

namespace everysock::websocket {

// A ring that comes while the thread is at work costs one atomic exchange, because the thread looks again before it
// goes back to sleep. The others wake it through Atomics.waitAsync, or a message where the engine has no such thing.
class Doorbell {
 public:
  class Owner {
   public:
    // What there is to do when the bell has rung.
    virtual void answer() = 0;

   protected:
    ~Owner() = default;
  };

  // Any thread.
  void ring();

  // The others on the owner's thread only.

  // Answers the bell from now on, beginning with what was rung before, until stop() is called in an answer.
  void listen(Owner& owner);
  void stop() noexcept;

  // For other events of the thread, to be called at their beginning and at their end: a ring in between wakes nobody,
  // and is answered at the end.
  void begin_event() noexcept { state_.exchange(awake, std::memory_order_acq_rel); }
  // Answers as often as the bell has rung; false when stopped.
  bool end_event();

 private:
  enum State : std::uint32_t { asleep, awake, rung };

  std::atomic<std::uint32_t> state_{rung};
  bool stopped_ = false;
  Owner* owner_ = nullptr;
  pthread_t thread_{};
  em_proxying_queue* messages_ = nullptr;  // null: Atomics.waitAsync
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_DOORBELL_H_
