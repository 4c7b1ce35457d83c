#include "web/proxy/lookup_pool.h"

#include <utility>

namespace everysock::proxy {

LookupPool::LookupPool(EventLoop& loop, std::size_t threads, std::size_t max_waiting)
    : loop_(loop), max_waiting_(max_waiting) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back(loop.served(), [this] { work(); });
}

LookupPool::~LookupPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
}

bool LookupPool::submit(std::weak_ptr<void> owner, Lookup lookup) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= max_waiting_) return false;
    waiting_.push_back({std::move(owner), std::move(lookup)});
  }
  changed_.notify_one();
  return true;
}

bool LookupPool::busy() {
  const std::lock_guard lock(mutex_);
  return running_ > 0;
}

void LookupPool::work() {
  Backend& backend = loop_.served();
  std::unique_lock lock(mutex_);
  for (;;) {
    backend.thread_waits_elsewhere(true);
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    backend.thread_waits_elsewhere(false);
    if (ending_) return;
    const Item item = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    lock.unlock();
    if (!item.owner.expired()) {
      loop_.post([owner = item.owner, answer = item.lookup(backend.resolver())] {
        if (const auto alive = owner.lock()) answer();
      });
    }
    lock.lock();
    --running_;
  }
}

}  // namespace everysock::proxy
