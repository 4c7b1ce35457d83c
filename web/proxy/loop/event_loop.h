// The proxy's one loop: readiness of its own sockets and of those it serves, timers, and work handed over by threads.
#ifndef EVERYSOCK_WEB_PROXY_LOOP_EVENT_LOOP_H_
#define EVERYSOCK_WEB_PROXY_LOOP_EVENT_LOOP_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "everysock/backend.h"

namespace everysock::proxy {

// Told that a watched handle is ready. Called on the loop's thread.
class ReadyHandler {
 public:
  virtual ~ReadyHandler() = default;
  virtual void on_ready(Interest ready) = 0;
};

// Called once at the end of a turn, after everything that was ready has been handled: where output is written, so that
// what one turn produced goes out together.
class TurnEndHandler {
 public:
  virtual ~TurnEndHandler() = default;
  virtual void on_turn_end() = 0;
};

// One thread runs the loop and calls everything but post() and stop(), which any thread may.
//
// The proxy's own sockets live on one backend (`own`), the clients' on another or the same (`served`). If they are the
// same, one poller waits for both. Otherwise the loop waits on the own backend's poller, and the served one's wakes it
// through Poller::set_callback.
class EventLoop {
 public:
  // Fails where one of the backends has no poller, or the served one's cannot call back (EOPNOTSUPP).
  static Result<std::unique_ptr<EventLoop>> create(Backend& own, Backend& served);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  Backend& own() const noexcept { return own_; }
  Backend& served() const noexcept { return served_; }

  // A place in the loop for one handle. Destroying it ends the watch; events that are already underway are dropped. It
  // must be destroyed, or set(Interest::none), before the handle is closed.
  class Watch {
   public:
    Watch() = default;
    Watch(Watch&& other) noexcept { *this = std::move(other); }
    Watch& operator=(Watch&& other) noexcept;
    ~Watch();
    // Watches for `interest` from now on; none watches for nothing, not even failure.
    Result<void> set(Interest interest);
    Interest interest() const noexcept { return interest_; }

   private:
    friend class EventLoop;
    void reset();
    EventLoop* loop_ = nullptr;
    Poller* poller_ = nullptr;
    Handle handle_ = Handle::invalid;
    std::uint64_t token_ = 0;
    Interest interest_ = Interest::none;
  };
  // `handler` must outlive the watch. Nothing is watched until set().
  Watch watch_own(Handle handle, ReadyHandler& handler) { return make_watch(*own_poller_, handle, handler); }
  Watch watch_served(Handle handle, ReadyHandler& handler);

  // Calls `handler` at the end of this turn; asking twice calls once. forget() takes it back.
  void at_turn_end(TurnEndHandler& handler);
  void forget(TurnEndHandler& handler);

  // Calls `callback` once at `when` of the own backend's clock (nanoseconds) or a little later.
  using Timer = std::pair<std::int64_t, std::uint64_t>;
  Timer call_at(std::int64_t when, std::function<void()> callback);
  void cancel(const Timer& timer);
  // The clock, read once per turn.
  std::int64_t now() const noexcept { return now_; }

  // Runs `work` on the loop's thread. Any thread.
  void post(std::function<void()> work);

  // Until stop(). An error of the poller ends it.
  Result<void> run();
  void stop();
  // One turn, waiting until `deadline` at most: what run() repeats.
  Result<void> turn(Deadline deadline);

 private:
  EventLoop(Backend& own, Backend& served);
  Watch make_watch(Poller& poller, Handle handle, ReadyHandler& handler);
  void release(std::uint64_t token);
  // Waits, then calls the handlers; returns how many were called.
  Result<std::size_t> dispatch(Poller& poller, Deadline deadline);
  void run_posted();
  void run_timers();

  struct Slot {
    ReadyHandler* handler = nullptr;
    std::uint32_t generation = 0;
  };

  Backend& own_;
  Backend& served_;
  std::unique_ptr<Poller> own_poller_;
  std::unique_ptr<Poller> served_poller_;  // null if both backends are one
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::array<ReadyEvent, 256> events_;
  std::vector<TurnEndHandler*> turn_end_;
  std::vector<TurnEndHandler*> turn_end_now_;
  std::map<Timer, std::function<void()>> timers_;
  std::uint64_t next_timer_ = 0;
  std::int64_t now_ = 0;

  std::mutex posted_mutex_;
  std::vector<std::function<void()>> posted_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> served_ready_{true};
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_LOOP_EVENT_LOOP_H_
