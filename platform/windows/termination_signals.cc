#include "platform/termination_signals.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "platform/windows/winsock_headers.h"

namespace everysock::platform {

// A console's events, Ctrl+C among them, come on a thread that the system makes for each. When the handler of a closed
// window, a logoff or a shutdown returns, the process ends: such a handler waits until main() is done with this object.
// While one runs, the system keeps its list of handlers locked, so nothing that a handler waits for may change that
// list.
struct TerminationSignals::State {
  explicit State(std::function<void()> on_request) : callback(std::move(on_request)) {
    {
      const std::lock_guard lock(mutex);
      current = this;
    }
    ::SetConsoleCtrlHandler(handle, TRUE);
  }

  ~State() {
    {
      std::unique_lock lock(mutex);
      current = nullptr;
      changed.notify_all();
      changed.wait(lock, [] { return !in_callback; });
    }
    ::SetConsoleCtrlHandler(handle, FALSE);
  }

  static BOOL WINAPI handle(DWORD event) {
    std::unique_lock lock(mutex);
    State* const state = current;
    if (state == nullptr) return FALSE;
    if (!std::exchange(state->asked, true)) {
      in_callback = true;
      lock.unlock();
      state->callback();
      lock.lock();
      in_callback = false;
      changed.notify_all();
    } else if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT) {
      return FALSE;  // the default: the process ends
    }
    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT) return TRUE;
    changed.wait(lock, [&] { return current != state; });
    return TRUE;
  }

  // Of the process, as its handlers are.
  static inline std::mutex mutex;
  static inline std::condition_variable changed;
  static inline State* current = nullptr;
  static inline bool in_callback = false;

  std::function<void()> callback;
  bool asked = false;
};

TerminationSignals::TerminationSignals(std::function<void()> callback)
    : state_(std::make_unique<State>(std::move(callback))) {}
TerminationSignals::~TerminationSignals() = default;

}  // namespace everysock::platform
