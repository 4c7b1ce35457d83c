#include "platform/termination_signals.h"

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <thread>
#include <utility>

namespace everysock::platform {

// The signals are blocked in every thread and taken by one that does nothing else: unlike in a signal handler,
// everything is allowed there.
struct TerminationSignals::State {
  explicit State(std::function<void()> on_request) : callback(std::move(on_request)) {
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    thread = std::thread([this] { wait(); });
  }

  ~State() {
    ending = true;
    pthread_kill(thread.native_handle(), SIGTERM);
    thread.join();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void wait() {
    int number = 0;
    sigwait(&signals, &number);
    if (ending) return;
    callback();
    sigwait(&signals, &number);
    if (ending) return;
    // The destructor's own signal must not end the process, so only now does the default action come back.
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    raise(number);
  }

  std::function<void()> callback;
  sigset_t signals;
  sigset_t before;
  std::atomic<bool> ending{false};
  std::thread thread;
};

TerminationSignals::TerminationSignals(std::function<void()> callback)
    : state_(std::make_unique<State>(std::move(callback))) {}
TerminationSignals::~TerminationSignals() = default;

}  // namespace everysock::platform
