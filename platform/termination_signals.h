// Being asked to end: SIGTERM and SIGINT where there are signals.
#ifndef EVERYSOCK_PLATFORM_TERMINATION_SIGNALS_H_
#define EVERYSOCK_PLATFORM_TERMINATION_SIGNALS_H_

#include <functional>
#include <memory>

namespace everysock::platform {

// While one exists, the first request to end the process calls `callback`, on a thread of its own, so that it may do
// anything that is safe from another thread; a second request ends the process at once, as it would have done without.
// Make it before any other thread, which would otherwise get the signals: at the start of main().
class TerminationSignals {
 public:
  explicit TerminationSignals(std::function<void()> callback);
  ~TerminationSignals();
  TerminationSignals(const TerminationSignals&) = delete;
  TerminationSignals& operator=(const TerminationSignals&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_TERMINATION_SIGNALS_H_
