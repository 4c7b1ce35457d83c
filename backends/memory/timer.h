// An alarm clock that is part of what it wakes.
#ifndef EVERYSOCK_BACKENDS_MEMORY_TIMER_H_
#define EVERYSOCK_BACKENDS_MEMORY_TIMER_H_

#include <cstdint>
#include <functional>
#include <utility>

#include "backends/memory/calendar.h"

namespace everysock::memory {

class Timer final : public Event {
 public:
  Timer(Calendar& calendar, std::function<void()> action) : calendar_(calendar), action_(std::move(action)) {}

  // After so many nanoseconds, instead of what was planned before.
  void start(std::int64_t delay) { start_at(calendar_.now() + delay); }
  void start_at(std::int64_t moment) { calendar_.schedule(*this, moment); }
  void stop() {
    if (scheduled()) calendar_.cancel(*this);
  }

 protected:
  void happen() override { action_(); }

 private:
  Calendar& calendar_;
  std::function<void()> action_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_TIMER_H_
