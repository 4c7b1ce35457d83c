#include "backends/memory/pacemaker.h"

#include <algorithm>

#include "backends/memory/network.h"

namespace everysock::memory {
namespace {

constexpr std::int64_t kLongestSleep = 3'600'000'000'000;

}  // namespace

Pacemaker::Pacemaker(Network& network) : network_(network), thread_([this] { run(); }) {}

Pacemaker::~Pacemaker() {
  {
    const Lock lock(network_.mutex_);
    ending_ = true;
    alarm_.ring();
  }
  thread_.join();
}

void Pacemaker::keep_time() { network_.calendar_.advance_to(real_now() - origin_); }

void Pacemaker::plan_changed() {
  if (network_.next_moment() < wakes_at_) alarm_.ring();
}

void Pacemaker::run() {
  Lock lock(network_.mutex_);
  while (!ending_) {
    keep_time();
    network_.run_actions(lock);
    network_.run_callbacks(lock);
    // Both have let go of the lock meanwhile.
    if (ending_) break;
    wakes_at_ = network_.next_moment();
    const std::int64_t left = wakes_at_ - (real_now() - origin_);
    if (left > 0) alarm_.sleep(lock, std::min(left, kLongestSleep));
  }
}

}  // namespace everysock::memory
