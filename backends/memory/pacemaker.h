// The clock of a network that keeps pace with the real one (NetworkSettings::real_time).
#ifndef EVERYSOCK_BACKENDS_MEMORY_PACEMAKER_H_
#define EVERYSOCK_BACKENDS_MEMORY_PACEMAKER_H_

#include <cstdint>

#include "backends/memory/sync.h"

namespace everysock::memory {

class Network;

// A thread that sleeps until the next event is due. Every call into the network moves the clock as well, so that none
// sees it late; what a program has asked for with at() happens on this thread alone.
class Pacemaker {
 public:
  explicit Pacemaker(Network& network);
  // Not with the network's lock held.
  ~Pacemaker();

  // Under the network's lock: lets happen what is due.
  void keep_time();
  // Under the network's lock: what happens next may have become sooner.
  void plan_changed();

 private:
  void run();

  Network& network_;
  const std::int64_t origin_ = real_now();
  Alarm alarm_;
  std::int64_t wakes_at_ = 0;
  bool ending_ = false;
  BackgroundThread thread_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_PACEMAKER_H_
