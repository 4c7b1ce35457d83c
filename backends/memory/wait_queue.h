// Who wants to know when a socket's readiness changes.
#ifndef EVERYSOCK_BACKENDS_MEMORY_WAIT_QUEUE_H_
#define EVERYSOCK_BACKENDS_MEMORY_WAIT_QUEUE_H_

#include "everysock/backend.h"

namespace everysock::memory {

class WaitQueue;

// One watcher of one socket: a blocked thread, or a poller. Leaves the queue when destroyed.
class Watcher {
 public:
  explicit Watcher(Interest interest = Interest::none) noexcept : interest_(interest) {}
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  virtual ~Watcher() { leave(); }

  Interest interest() const noexcept { return interest_; }
  void set_interest(Interest interest) noexcept { interest_ = interest; }
  void leave() noexcept;

  // Something that concerns interest() may have changed. May not change the queue.
  virtual void changed() = 0;
  // `handle` of the socket has been closed; true if this watcher was there for that handle, in which case it ends.
  virtual bool ends_with(Handle /*handle*/) { return false; }

 private:
  friend class WaitQueue;
  Interest interest_;
  WaitQueue* queue_ = nullptr;
  Watcher* previous_ = nullptr;
  Watcher* next_ = nullptr;
};

// Watchers in the order in which they came.
class WaitQueue {
 public:
  ~WaitQueue() {
    while (first_ != nullptr) first_->leave();
  }

  void add(Watcher& watcher) noexcept {
    watcher.leave();
    watcher.queue_ = this;
    watcher.previous_ = last_;
    (last_ != nullptr ? last_->next_ : first_) = &watcher;
    last_ = &watcher;
  }
  void notify(Interest what) {
    for (Watcher* watcher = first_; watcher != nullptr; watcher = watcher->next_) {
      if ((watcher->interest_ & what) != Interest::none) watcher->changed();
    }
  }
  void handle_closed(Handle handle) {
    for (Watcher* watcher = first_; watcher != nullptr;) {
      Watcher* next = watcher->next_;
      if (watcher->ends_with(handle)) watcher->leave();
      watcher = next;
    }
  }

 private:
  friend class Watcher;
  Watcher* first_ = nullptr;
  Watcher* last_ = nullptr;
};

inline void Watcher::leave() noexcept {
  if (queue_ == nullptr) return;
  (previous_ != nullptr ? previous_->next_ : queue_->first_) = next_;
  (next_ != nullptr ? next_->previous_ : queue_->last_) = previous_;
  queue_ = nullptr;
  previous_ = next_ = nullptr;
}

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_WAIT_QUEUE_H_
