// The simulation itself: one lock, one clock, the threads, the hosts and the links between them.
#ifndef EVERYSOCK_BACKENDS_MEMORY_NETWORK_H_
#define EVERYSOCK_BACKENDS_MEMORY_NETWORK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backends/memory/calendar.h"
#include "backends/memory/census.h"
#include "backends/memory/ip.h"
#include "backends/memory/links.h"
#include "backends/memory/memory_backend.h"
#include "backends/memory/pacemaker.h"
#include "backends/memory/sync.h"
#include "everysock/time.h"

namespace everysock::memory {

class Machine;
class Session;

// A function of the program's that is called when the network's lock has been let go.
struct Callback {
  Mutex mutex;  // held while the function runs or is replaced
  std::function<void()> function;
  bool due = false;  // guarded by the network's lock
};

class Network : public std::enable_shared_from_this<Network> {
 public:
  explicit Network(const NetworkSettings& settings);
  ~Network();

  const NetworkSettings& settings() const noexcept { return settings_; }
  Calendar& calendar() noexcept { return calendar_; }
  Links& links() noexcept { return links_; }
  std::int64_t now() const noexcept { return calendar_.now(); }
  // A number that no other socket has (so_cookie).
  std::uint64_t new_cookie() noexcept { return ++last_cookie_; }

  // ---- hosts ----
  // By any of its names, whose case does not matter.
  Machine* find_machine(std::string_view name) const;
  Machine* find_machine(const Ip& address) const;  // by an address other than loopback
  const std::vector<std::unique_ptr<Machine>>& machines() const noexcept { return machines_; }
  Machine& add_machine(std::string_view name);
  void add_name(std::string_view name, Machine& machine);
  // The names it has beside its own, in lower case.
  std::vector<std::string> aliases(const Machine& machine) const;
  void add_address(const Ip& address, Machine& machine) { addresses_.emplace(address, &machine); }

  // ---- waiting ----
  enum class Awakening { woken, passed, deadlock };

  // Lets the calling thread sleep until wake() or the deadline, and the clock move while nobody runs.
  Awakening sleep(Session& session, Deadline deadline);
  void wake(KnownThread& thread) noexcept { census_.wake(thread); }
  // A look that found nothing: costs a moment, where nobody else is running.
  void look_was_vain(Session& session);
  // Lets the clock jump if nobody runs any more but somebody waits.
  void settle(Lock& lock);

  // ---- pollers that call back ----
  // Such a poller is as good as a thread that waits; from the callback until it is waited on, as one that runs.
  Census::Threads::iterator add_caller();
  void remove_caller(Census::Threads::iterator caller);
  void caller_called(KnownThread& caller) noexcept { census_.expect(caller); }
  void caller_answered(KnownThread& caller) noexcept { census_.expect_no_more(caller); }

  void call_later(const std::shared_ptr<Callback>& callback);
  void at(std::int64_t moment, std::function<void()> action);

  // ---- threads ----
  void thread_starting();
  void thread_finished();
  void thread_waits_elsewhere(bool waits);
  void thread_joins(std::uint64_t thread, bool begins);

 private:
  friend class Session;
  friend class Pacemaker;
  friend class ThreadLocalRecords;

  KnownThread& this_thread();
  void forget(Census::Threads::iterator thread);
  // Whether the clock may jump to the next event.
  bool may_jump() const noexcept {
    return pacemaker_ == nullptr && census_.running() == 0 && (sleepers_ > 0 || callers_ > 0) && !calendar_.empty();
  }
  void step(Lock& lock);
  std::int64_t next_moment() const noexcept;
  void run_actions(Lock& lock);
  void run_callbacks(Lock& lock);

  const NetworkSettings settings_;
  const std::uint64_t identity_;
  Mutex mutex_;
  Calendar calendar_;
  Census census_;
  std::uint64_t last_cookie_ = 0;
  int sleepers_ = 0;  // threads inside sleep()
  int callers_ = 0;   // pollers with a callback
  std::vector<std::shared_ptr<Callback>> callbacks_;
  std::vector<std::function<void()>> actions_;  // of at(), due
  KnownThread* late_thread_ = nullptr;          // whoever calls after the end of its thread-local storage
  Links links_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::map<std::string, Machine*, std::less<>> names_;  // in lower case
  std::map<Ip, Machine*> addresses_;
  std::unique_ptr<Pacemaker> pacemaker_;  // with real_time
};

// One call into the network: holds its lock, and knows the calling thread.
class Session {
 public:
  explicit Session(Network& network) : network_(network), lock_(network.mutex_), thread_(network.this_thread()) {
    if (network.pacemaker_) network.pacemaker_->keep_time();
  }
  ~Session() {
    if (network_.pacemaker_) network_.pacemaker_->plan_changed();
    if (!network_.callbacks_.empty()) network_.run_callbacks(lock_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Network& network() noexcept { return network_; }
  Lock& lock() noexcept { return lock_; }
  KnownThread& thread() noexcept { return thread_; }

 private:
  Network& network_;
  Lock lock_;
  KnownThread& thread_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_NETWORK_H_
