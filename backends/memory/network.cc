#include "backends/memory/network.h"

#include <atomic>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"

#include "backends/memory/machine.h"
#include "platform/per_thread.h"

namespace everysock::memory {
namespace {

std::uint64_t next_identity() {
  static std::atomic<std::uint64_t> next{1};
  return next.fetch_add(1, std::memory_order_relaxed);
}

thread_local bool records_are_gone = false;

// One microsecond: about what a system call costs.
constexpr std::int64_t kLook = 1000;
// Of real time.
constexpr std::int64_t kLongestSleep = 1'000'000'000;
// Events in a row that wake nobody, after which others get their turn; and after which nobody waits for more of them.
constexpr int kEventsInARow = 1024;
constexpr int kMostEventsInARow = 10'000'000;

std::string lower(std::string_view name) { return absl::AsciiStrToLower(absl::string_view(name.data(), name.size())); }

}  // namespace

// What one thread remembers of the networks it uses, so that it can take its leave of them when it ends.
class ThreadLocalRecords {
 public:
  ~ThreadLocalRecords() {
    records_are_gone = true;
    for (const Record& record : records_) {
      if (const std::shared_ptr<Network> network = record.network.lock()) network->forget(record.thread);
    }
  }

  KnownThread* find(std::uint64_t identity) noexcept {
    if (last_ < records_.size() && records_[last_].identity == identity) return &*records_[last_].thread;
    for (last_ = 0; last_ < records_.size(); ++last_) {
      if (records_[last_].identity == identity) return &*records_[last_].thread;
    }
    return nullptr;
  }
  void add(const std::shared_ptr<Network>& network, Census::Threads::iterator thread) {
    std::erase_if(records_, [](const Record& record) { return record.network.expired(); });
    records_.push_back({network, network->identity_, thread});
    last_ = records_.size() - 1;
  }
  // The record is taken off, if there is one.
  bool take(std::uint64_t identity, Census::Threads::iterator* thread) {
    if (find(identity) == nullptr) return false;
    *thread = records_[last_].thread;
    records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(last_));
    return true;
  }

  static ThreadLocalRecords& mine() { return platform::per_thread<ThreadLocalRecords>(); }

 private:
  struct Record {
    std::weak_ptr<Network> network;
    std::uint64_t identity;
    Census::Threads::iterator thread;
  };
  std::vector<Record> records_;
  std::size_t last_ = 0;
};

Network::Network(const NetworkSettings& settings)
    : settings_(settings), identity_(next_identity()), links_(settings.seed, settings.link) {
  if (settings.real_time && have_threads) pacemaker_ = std::make_unique<Pacemaker>(*this);
}

Network::~Network() {
  pacemaker_.reset();
  // Before any of them goes: a socket that closes still speaks to its peer, whose machine may be another.
  for (const std::unique_ptr<Machine>& machine : machines_) machine->end_process();
  for (const std::unique_ptr<Machine>& machine : machines_) machine->drop_orphans();
}

KnownThread& Network::this_thread() {
  KnownThread* thread = nullptr;
  if (records_are_gone) {
    if (late_thread_ == nullptr) late_thread_ = &*census_.arrive();
    thread = late_thread_;
  } else {
    thread = ThreadLocalRecords::mine().find(identity_);
    if (thread == nullptr) {
      const auto arrived = census_.arrive();
      ThreadLocalRecords::mine().add(shared_from_this(), arrived);
      thread = &*arrived;
    }
  }
  census_.seen(*thread);
  return *thread;
}

void Network::forget(Census::Threads::iterator thread) {
  Lock lock(mutex_);
  census_.leave(thread);
  settle(lock);
  run_callbacks(lock);
}

Machine* Network::find_machine(std::string_view name) const {
  const auto found = names_.find(lower(name));
  return found == names_.end() ? nullptr : found->second;
}

void Network::add_name(std::string_view name, Machine& machine) { names_.emplace(lower(name), &machine); }

std::vector<std::string> Network::aliases(const Machine& machine) const {
  std::vector<std::string> others;
  for (const auto& [name, owner] : names_) {
    if (owner == &machine && name != lower(machine.name())) others.push_back(name);
  }
  return others;
}

Machine* Network::find_machine(const Ip& address) const {
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? nullptr : found->second;
}

Machine& Network::add_machine(std::string_view name) {
  machines_.push_back(std::make_unique<Machine>(*this, std::string(name), machines_.size()));
  add_name(name, *machines_.back());
  return *machines_.back();
}

namespace {

class WakeUp final : public Event {
 public:
  WakeUp(Network& network, KnownThread& thread) : network_(network), thread_(thread) {}
  bool happened() const noexcept { return happened_; }

 protected:
  void happen() override {
    happened_ = true;
    network_.wake(thread_);
  }

 private:
  Network& network_;
  KnownThread& thread_;
  bool happened_ = false;
};

}  // namespace

Network::Awakening Network::sleep(Session& session, Deadline deadline) {
  KnownThread& me = session.thread();
  WakeUp wake_up(*this, me);
  if (!deadline.is_never()) calendar_.schedule(wake_up, deadline.nanoseconds());
  census_.begin_wait(me);
  ++sleepers_;
  Awakening result = Awakening::woken;
  std::uint64_t activity = census_.activity();
  std::int64_t silent_since = 0;
  std::int64_t events = 0;
  while (!me.woken()) {
    if (!callbacks_.empty()) {
      run_callbacks(session.lock());
      continue;
    }
    if (may_jump()) {
      step(session.lock());
      if (census_.running() > 0) silent_since = events = 0;
      if (census_.running() > 0 || ++events % kEventsInARow != 0) continue;
      // What repeats itself (the frames of a CAN broadcast manager) goes on for ever, and may not wake anyone.
      session.lock().unlock();
      session.lock().lock();
      if (silent_since == 0) silent_since = real_now();
      const std::int64_t limit = settings_.deadlock_after;
      const bool hopeless =
          have_threads ? limit >= 0 && real_now() - silent_since >= limit : events >= kMostEventsInARow;
      if (hopeless && !wake_up.scheduled()) {
        result = Awakening::deadlock;
        break;
      }
      continue;
    }
    if (pacemaker_ != nullptr) {
      pacemaker_->plan_changed();
      me.alarm().sleep(session.lock(), kLongestSleep);
      continue;
    }
    // Somebody else has to do something first: in real time. Behind a poller that calls back there is a world outside.
    const bool deadlocked = census_.running() == 0 && callers_ == 0 && !census_.presuming();
    if (!have_threads) {
      result = Awakening::deadlock;
      break;
    }
    if (silent_since == 0 || activity != census_.activity()) {
      silent_since = real_now();
      activity = census_.activity();
    }
    const std::int64_t limit = deadlocked ? settings_.deadlock_after : settings_.grace;
    const std::int64_t silent = real_now() - silent_since;
    if (limit >= 0 && silent >= limit) {
      if (deadlocked) {
        result = Awakening::deadlock;
        break;
      }
      if (!calendar_.empty() && census_.running() > 0) census_.presume_all_wait();
      silent_since = 0;
      if (may_jump()) continue;
    }
    me.alarm().sleep(session.lock(), limit < 0 || limit - silent > kLongestSleep ? kLongestSleep
                                     : limit > silent                            ? limit - silent
                                                                                 : limit + 1);
  }
  --sleepers_;
  census_.end_wait(me);
  return wake_up.happened() && result == Awakening::woken ? Awakening::passed : result;
}

void Network::step(Lock& lock) {
  calendar_.advance_to(calendar_.next_moment());
  run_actions(lock);
}

std::int64_t Network::next_moment() const noexcept {
  if (!actions_.empty()) return now();
  return calendar_.empty() ? std::numeric_limits<std::int64_t>::max() : calendar_.next_moment();
}

void Network::run_actions(Lock& lock) {
  while (!actions_.empty()) {
    const std::vector<std::function<void()>> due = std::exchange(actions_, {});
    lock.unlock();
    for (const std::function<void()>& action : due) action();
    lock.lock();
  }
}

void Network::look_was_vain(Session& session) {
  if (pacemaker_ != nullptr || census_.running() != 1) return;
  const std::int64_t moment = now() + kLook;
  while (!calendar_.empty() && calendar_.next_moment() <= moment && census_.running() == 1) step(session.lock());
  calendar_.advance_to(moment);
}

void Network::settle(Lock& lock) {
  for (int events = 0; may_jump() && events < kMostEventsInARow; ++events) step(lock);
}

Census::Threads::iterator Network::add_caller() {
  ++callers_;
  return census_.add_absent();
}

void Network::remove_caller(Census::Threads::iterator caller) {
  --callers_;
  census_.leave(caller);
}

void Network::call_later(const std::shared_ptr<Callback>& callback) {
  if (callback->due) return;
  callback->due = true;
  callbacks_.push_back(callback);
}

void Network::run_callbacks(Lock& lock) {
  while (!callbacks_.empty()) {
    const std::vector<std::shared_ptr<Callback>> due = std::exchange(callbacks_, {});
    for (const std::shared_ptr<Callback>& callback : due) callback->due = false;
    lock.unlock();
    for (const std::shared_ptr<Callback>& callback : due) {
      const Lock guard(callback->mutex);
      if (callback->function) callback->function();
    }
    lock.lock();
  }
}

void Network::at(std::int64_t moment, std::function<void()> action) {
  calendar_.schedule(moment, [this, action = std::move(action)] { actions_.push_back(action); });
}

void Network::thread_starting() {
  const Session session(*this);
  census_.announce();
}

void Network::thread_finished() {
  Census::Threads::iterator thread;
  const bool known = !records_are_gone && ThreadLocalRecords::mine().take(identity_, &thread);
  Lock lock(mutex_);
  census_.finished(this_thread_id());
  if (known) {
    census_.leave(thread);
  } else {
    census_.retract();
  }
  settle(lock);
  run_callbacks(lock);
}

void Network::thread_waits_elsewhere(bool waits) {
  Session session(*this);
  census_.waits_elsewhere(session.thread(), waits);
  settle(session.lock());
}

void Network::thread_joins(std::uint64_t thread, bool begins) {
  Session session(*this);
  census_.joins(session.thread(), thread, begins);
  settle(session.lock());
}

}  // namespace everysock::memory
