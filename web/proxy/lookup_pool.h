// Name lookups beside the loop: a name server that does not answer must not hold anybody else up.
#ifndef EVERYSOCK_WEB_PROXY_LOOKUP_POOL_H_
#define EVERYSOCK_WEB_PROXY_LOOKUP_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "everysock/thread.h"
#include "web/proxy/loop/event_loop.h"

namespace everysock::proxy {

// A few threads and a bounded queue. submit() and the destructor are the loop thread's.
class LookupPool {
 public:
  // What a lookup does on a thread of the pool: asks the resolver, and returns what to do with the answer on the loop.
  using Answer = std::function<void()>;
  using Lookup = std::function<Answer(Resolver&)>;

  LookupPool(EventLoop& loop, std::size_t threads, std::size_t max_waiting = 1024);
  // Waits for the lookups that are running; those still waiting are dropped.
  ~LookupPool();

  // False when too many are waiting already. The answer is dropped if `owner` is gone by then.
  [[nodiscard]] bool submit(std::weak_ptr<void> owner, Lookup lookup);
  // Whether a lookup is running.
  bool busy();

 private:
  struct Item {
    std::weak_ptr<void> owner;
    Lookup lookup;
  };
  void work();

  EventLoop& loop_;
  const std::size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> waiting_;
  std::size_t running_ = 0;
  bool ending_ = false;
  std::vector<Thread> threads_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_LOOKUP_POOL_H_
