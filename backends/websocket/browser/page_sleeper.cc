#include "backends/websocket/browser/page_sleeper.h"

#include <emscripten/em_js.h>
#include <emscripten/eventloop.h>
#include <emscripten/threading.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "backends/websocket/client/session.h"

// clang-format off
EM_JS(int, everysock_can_suspend, (), { return Module.everysockSuspends ? 1 : 0; });

// A promise: platform/cmake/PageProgram.cmake has WebAssembly suspended until it is resolved. -1: no time limit.
EM_JS(void, everysock_suspend, (double milliseconds), {
  return new Promise((resolve) => {
    const timer = milliseconds < 0 ? 0 : setTimeout(resolve, milliseconds);
    Module.everysockResume = () => {
      if (timer) clearTimeout(timer);
      resolve();
    };
  });
});

EM_JS(void, everysock_resume, (), { Module.everysockResume(); });
// clang-format on

namespace everysock::websocket {
namespace {

// setTimeout() takes 32 bits and counts in whole milliseconds. Who wakes too early looks at the clock and sleeps again.
double milliseconds_until(Deadline deadline) {
  if (deadline.is_never()) return -1;
  constexpr double longest = std::numeric_limits<std::int32_t>::max();
  return std::min(std::ceil(static_cast<double>(deadline.left(monotonic_now())) / 1e6), longest);
}

}  // namespace

bool PageSleeper::available() { return everysock_can_suspend() != 0; }

void PageSleeper::sleep(std::unique_lock<std::mutex>& lock, Deadline deadline) {
  lock.unlock();
  if (!notified_.load(std::memory_order_acquire)) {
    asleep_ = true;
    emscripten_runtime_keepalive_push();  // Emscripten takes a main() that is suspended for one that has returned
    everysock_suspend(milliseconds_until(deadline));
    emscripten_runtime_keepalive_pop();
    asleep_ = false;
  }
  notified_.store(false, std::memory_order_relaxed);
  lock.lock();
}

void PageSleeper::notify() {
  notified_.store(true, std::memory_order_release);
  if (emscripten_is_main_runtime_thread() != 0) {
    resume_if_notified();
  } else {
    bell_.ring();
  }
}

void PageSleeper::resume_if_notified() {
  if (asleep_ && notified_.load(std::memory_order_acquire)) everysock_resume();
}

}  // namespace everysock::websocket
