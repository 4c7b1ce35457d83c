// A thread that a backend knows of. Needs threads: not on WASI.
#ifndef EVERYSOCK_THREAD_H_
#define EVERYSOCK_THREAD_H_

#include <cstdint>
#include <functional>
#include <thread>
#include <utility>

#include "everysock/backend.h"

namespace everysock {

// As std::jthread without the token: joins on destruction. A simulated network advances its clock only when all its
// threads wait; one started this way is counted from the moment it is made, and waiting for it in join() counts as
// waiting, which keeps runs with threads reproducible. On real networks it is a thread like any other; a page's program
// that is suspended where it waits (docs/browser.md) is suspended in join() too, where std::thread's would stop the
// page.
class Thread {
 public:
  Thread() = default;
  template <typename Function>
  Thread(Backend& backend, Function function) : backend_(&backend) {
    backend.thread_starting();
    thread_ = std::thread([&backend, function = std::move(function)]() mutable {
      function();
      backend.thread_finished();
    });
  }
  Thread(Thread&&) = default;
  Thread& operator=(Thread&& other) {
    join();
    backend_ = other.backend_;
    thread_ = std::move(other.thread_);
    return *this;
  }
  ~Thread() { join(); }

  bool joinable() const noexcept { return thread_.joinable(); }
  void join() {
    if (!thread_.joinable()) return;
    const std::uint64_t id = std::hash<std::thread::id>()(thread_.get_id());
    backend_->thread_joins(id, true);
    thread_.join();
    backend_->thread_joins(id, false);
  }

 private:
  Backend* backend_ = nullptr;
  std::thread thread_;
};

}  // namespace everysock

#endif  // EVERYSOCK_THREAD_H_
