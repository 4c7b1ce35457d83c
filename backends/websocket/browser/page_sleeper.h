// How a program waits on a thread whose event loop must go on: the browser suspends it. Only programs linked for that
// (everysock_page_program(... SUSPENDING)) can; the thread is the main one.
// Source: WebAssembly JavaScript Promise Integration (JSPI).
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SLEEPER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SLEEPER_H_

#include <atomic>

#include "backends/websocket/browser/doorbell.h"
#include "backends/websocket/transport.h"

namespace everysock::websocket {

class PageSleeper final : public Sleeper {
 public:
  // `bell` is that of the main thread, whose answer has to call resume_if_notified().
  explicit PageSleeper(Doorbell& bell) noexcept : bell_(bell) {}

  // Whether this program is linked for it.
  static bool available();

  void sleep(std::unique_lock<std::mutex>& lock, Deadline deadline) override;
  // On the main thread it resumes the program once the event that is being handled has ended; other threads ring.
  void notify() override;
  // On the main thread.
  void resume_if_notified();

  // Whether the program is suspended in sleep(): what runs on the main thread is then called by the event loop, and
  // cannot be suspended. On the main thread.
  static bool asleep() noexcept { return asleep_; }

 private:
  Doorbell& bell_;
  std::atomic<bool> notified_{false};
  static inline bool asleep_ = false;  // there is one main thread, however many backends
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SLEEPER_H_
