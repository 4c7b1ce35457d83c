#include "backends/memory/census.h"

namespace everysock::memory {

Census::Threads::iterator Census::arrive() {
  ++activity_;
  threads_.emplace_back();
  if (announced_ > 0) {
    --announced_;
  } else {
    if (announced_presumed_ > 0) {
      --announced_presumed_;
      --presumed_;
    }
    ++running_;
  }
  return --threads_.end();
}

void Census::leave(Threads::iterator thread) {
  ++activity_;
  if (thread->presumed_) {
    --presumed_;
  } else if (thread->elsewhere_ == 0 && !(thread->waiting_ && !thread->woken_)) {
    --running_;
  }
  threads_.erase(thread);
}

Census::Threads::iterator Census::add_absent() {
  threads_.emplace_back();
  threads_.back().elsewhere_ = 1;
  return --threads_.end();
}

void Census::expect(KnownThread& thread) noexcept {
  if (thread.elsewhere_ > 0) waits_elsewhere(thread, false);
}

void Census::expect_no_more(KnownThread& thread) noexcept {
  seen(thread);
  if (thread.elsewhere_ == 0) waits_elsewhere(thread, true);
}

void Census::announce() noexcept {
  ++activity_;
  ++announced_;
  ++running_;
}

void Census::retract() noexcept {
  ++activity_;
  if (announced_ > 0) {
    --announced_;
    --running_;
  } else if (announced_presumed_ > 0) {
    --announced_presumed_;
    --presumed_;
  }
}

void Census::begin_wait(KnownThread& thread) noexcept {
  ++activity_;
  thread.waiting_ = true;
  thread.woken_ = false;
  if (thread.elsewhere_ == 0) --running_;
}

void Census::wake(KnownThread& thread) noexcept {
  if (!thread.waiting_ || thread.woken_) return;
  thread.woken_ = true;
  if (thread.elsewhere_ == 0) ++running_;
  thread.alarm_.ring();
}

void Census::end_wait(KnownThread& thread) noexcept {
  ++activity_;
  if (!thread.woken_ && thread.elsewhere_ == 0) ++running_;
  thread.waiting_ = false;
  thread.woken_ = false;
}

void Census::waits_elsewhere(KnownThread& thread, bool waits) noexcept {
  ++activity_;
  if (waits) {
    if (thread.elsewhere_++ == 0) --running_;
  } else if (thread.elsewhere_ > 0 && --thread.elsewhere_ == 0) {
    ++running_;
  }
}

void Census::joins(KnownThread& thread, std::uint64_t other, bool begins) noexcept {
  if (begins) {
    if (finished_.erase(other) != 0) return;
    thread.joining_ = other;
    waits_elsewhere(thread, true);
  } else if (thread.joining_ == other) {
    // Somebody has not told that it has ended.
    thread.joining_ = 0;
    waits_elsewhere(thread, false);
  }
}

void Census::finished(std::uint64_t ended) {
  for (KnownThread& thread : threads_) {
    if (thread.joining_ != ended) continue;
    thread.joining_ = 0;
    waits_elsewhere(thread, false);
    return;
  }
  finished_.insert(ended);
}

void Census::presume_all_wait() noexcept {
  for (KnownThread& thread : threads_) {
    if (thread.presumed_ || thread.elsewhere_ > 0 || (thread.waiting_ && !thread.woken_)) continue;
    // A woken thread is about to run: it will show itself.
    if (thread.waiting_) continue;
    thread.presumed_ = true;
    ++presumed_;
    --running_;
  }
  presumed_ += announced_;
  running_ -= announced_;
  announced_presumed_ += announced_;
  announced_ = 0;
}

void Census::no_longer_presumed(KnownThread& thread) noexcept {
  thread.presumed_ = false;
  --presumed_;
  ++running_;
}

}  // namespace everysock::memory
