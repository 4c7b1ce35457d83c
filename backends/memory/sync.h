// Locks and real waiting: the only file of this backend that knows whether there are threads at all.
#ifndef EVERYSOCK_BACKENDS_MEMORY_SYNC_H_
#define EVERYSOCK_BACKENDS_MEMORY_SYNC_H_

#include <cstdint>

#ifdef __STDCPP_THREADS__
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#endif

namespace everysock::memory {

#ifdef __STDCPP_THREADS__

inline constexpr bool have_threads = true;
using Mutex = std::mutex;
using Lock = std::unique_lock<std::mutex>;

// What one sleeping thread sleeps on.
class Alarm {
 public:
  void ring() { condition_.notify_one(); }
  // Returns when rung or after about `nanoseconds` of real time, or for no reason.
  void sleep(Lock& lock, std::int64_t nanoseconds) { condition_.wait_for(lock, std::chrono::nanoseconds(nanoseconds)); }

 private:
  std::condition_variable condition_;
};

// A thread of the network's own.
class BackgroundThread {
 public:
  explicit BackgroundThread(std::function<void()> body) : thread_(std::move(body)) {}
  void join() { thread_.join(); }

 private:
  std::thread thread_;
};

inline std::int64_t real_now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}
// As Backend::thread_joins() names it.
inline std::uint64_t this_thread_id() { return std::hash<std::thread::id>()(std::this_thread::get_id()); }

#else

inline constexpr bool have_threads = false;
struct Mutex {};
class Lock {
 public:
  explicit Lock(Mutex&) {}
  void lock() {}
  void unlock() {}
};
class Alarm {
 public:
  void ring() {}
  void sleep(Lock&, std::int64_t) {}
};
class BackgroundThread {
 public:
  template <typename Body>
  explicit BackgroundThread(Body) {}
  void join() {}
};
inline std::int64_t real_now() { return 0; }
inline std::uint64_t this_thread_id() { return 0; }

#endif

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_SYNC_H_
