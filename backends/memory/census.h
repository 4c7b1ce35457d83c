// Which threads use the network, and which of them are waiting: what decides whether the clock may move.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CENSUS_H_
#define EVERYSOCK_BACKENDS_MEMORY_CENSUS_H_

#include <cstdint>
#include <list>
#include <set>

#include "backends/memory/sync.h"

namespace everysock::memory {

class Census;

// One thread as one network knows it. Guarded by the network's mutex.
class KnownThread {
 public:
  Alarm& alarm() noexcept { return alarm_; }
  bool woken() const noexcept { return woken_; }

 private:
  friend class Census;
  Alarm alarm_;
  bool waiting_ = false;       // inside a blocking call of the network's
  bool woken_ = false;         // ... whose end has come
  bool presumed_ = false;      // silent for so long that it is taken to wait for something else
  int elsewhere_ = 0;          // depth of announced waiting for something else
  std::uint64_t joining_ = 0;  // the thread it waits for, by its number
};

// Running = known, or announced and not yet seen, and neither waiting, nor elsewhere, nor presumed to be.
class Census {
 public:
  using Threads = std::list<KnownThread>;

  int running() const noexcept { return running_; }
  // Whether some thread is only presumed to wait, so that it may still come back without being woken.
  bool presuming() const noexcept { return presumed_ > 0; }
  // Changes with every sign of life.
  std::uint64_t activity() const noexcept { return activity_; }

  // A thread's first call: it takes the place of one that was announced, or is counted anew.
  Threads::iterator arrive();
  void leave(Threads::iterator thread);
  // A sign of life of a running thread.
  void seen(KnownThread& thread) noexcept {
    ++activity_;
    if (thread.presumed_) no_longer_presumed(thread);
  }

  // Somebody who waits for something else until expect().
  Threads::iterator add_absent();
  // It is about to come, or has come and waits for something else again.
  void expect(KnownThread& thread) noexcept;
  void expect_no_more(KnownThread& thread) noexcept;

  void announce() noexcept;
  // An announced thread has ended without a single call.
  void retract() noexcept;

  void begin_wait(KnownThread& thread) noexcept;
  // Ends the thread's wait, from whichever thread: it counts as running from now on.
  void wake(KnownThread& thread) noexcept;
  // The thread ends its own wait unless it has been woken.
  void end_wait(KnownThread& thread) noexcept;

  void waits_elsewhere(KnownThread& thread, bool waits) noexcept;
  // The thread waits (or has waited) for the end of another one. It counts as running again from the very moment of
  // that end, so that the clock does not move before it has come back.
  void joins(KnownThread& thread, std::uint64_t other, bool begins) noexcept;
  // An announced thread ends; leave() or retract() follows.
  void finished(std::uint64_t thread);
  // Takes every thread that runs to be waiting for something else.
  void presume_all_wait() noexcept;

 private:
  void no_longer_presumed(KnownThread& thread) noexcept;

  Threads threads_;
  int running_ = 0;
  int announced_ = 0;  // part of running_: announced, not yet seen
  int presumed_ = 0;
  int announced_presumed_ = 0;  // announced threads that were presumed to wait before they were seen
  std::uint64_t activity_ = 0;
  std::set<std::uint64_t> finished_;  // announced threads that have ended and that nobody has joined yet
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CENSUS_H_
