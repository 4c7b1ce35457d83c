// A thread that sleeps until what it watches has changed.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_WAITER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_WAITER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <vector>

#include "absl/container/inlined_vector.h"

#include "backends/websocket/engine/watcher.h"
#include "backends/websocket/transport.h"

namespace everysock::websocket {

class Waiter;

// Whom to wake once the mutex has been released: waking a thread that then waits for the mutex would cost it a second
// sleep. Waiters are never destroyed before their backend, so that a late wake hits at worst the next user, who
// looks again and sleeps on.
struct WakeList {
  absl::InlinedVector<Waiter*, 4> waiters;
  absl::InlinedVector<std::shared_ptr<std::function<void()>>, 1> callbacks;
};

class Waiter final : public Watcher {
 public:
  Waiter(WakeList& list, Sleeper* sleeper) noexcept : sleeper(sleeper), list_(list) {}

  void wake() override {
    if (woken) return;
    woken = true;
    list_.waiters.push_back(this);
  }

  void notify() {
    if (sleeper != nullptr) {
      sleeper->notify();
    } else {
      condition.notify_one();
    }
  }

  Sleeper* const sleeper;  // null: the condition
  bool woken = false;
  std::condition_variable condition;

 private:
  WakeList& list_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_WAITER_H_
