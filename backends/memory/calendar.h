// What will happen when: the queue of events that the virtual clock jumps along.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CALENDAR_H_
#define EVERYSOCK_BACKENDS_MEMORY_CALENDAR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace everysock::memory {

class Calendar;

// Something due at a moment. Lives wherever its owner puts it and takes itself off the calendar when destroyed.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  virtual ~Event();

  bool scheduled() const noexcept { return calendar_ != nullptr; }
  std::int64_t moment() const noexcept { return moment_; }

 protected:
  // Off the calendar already when called; may delete itself or be scheduled anew.
  virtual void happen() = 0;
  // The calendar ends with this event still on it.
  virtual void discard() {}

 private:
  friend class Calendar;
  Calendar* calendar_ = nullptr;
  std::int64_t moment_ = 0;
  std::uint64_t order_ = 0;
  std::size_t place_ = 0;
};

// A binary heap by (moment, order of scheduling). Scheduling allocates nothing beyond the heap's own growth.
class Calendar {
 public:
  ~Calendar();

  std::int64_t now() const noexcept { return now_; }
  bool empty() const noexcept { return heap_.empty(); }
  // Meaningless when empty.
  std::int64_t next_moment() const noexcept { return heap_.front()->moment_; }

  void schedule(Event& event, std::int64_t moment);
  void cancel(Event& event) noexcept;
  // Has `action` called at `moment`; the calendar owns it.
  void schedule(std::int64_t moment, std::function<void()> action);

  // Moves the clock on (never back) and lets everything happen that is due by then, in order.
  void advance_to(std::int64_t moment);

 private:
  struct OwnedAction;

  static bool before(const Event& a, const Event& b) noexcept {
    return a.moment_ != b.moment_ ? a.moment_ < b.moment_ : a.order_ < b.order_;
  }
  void put(std::size_t place, Event* event) noexcept {
    heap_[place] = event;
    event->place_ = place;
  }
  void sift_up(std::size_t place) noexcept;
  void sift_down(std::size_t place) noexcept;

  std::vector<Event*> heap_;
  std::int64_t now_ = 0;
  std::uint64_t next_order_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CALENDAR_H_
