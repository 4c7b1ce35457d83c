// One poll of the driver for each socket that is watched, and a completion port where those end that have something to
// tell (afd.h).
#include <climits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

#include "backends/winsock/afd.h"
#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/system_handle.h"

namespace everysock::winsock {
namespace {

constexpr Operation kOperation = Operation::select;

DWORD milliseconds_left(Deadline deadline) noexcept {
  if (deadline.is_never()) return INFINITE;
  if (deadline == Deadline::passed()) return 0;
  const std::int64_t left = deadline.left(monotonic_now());
  return static_cast<DWORD>(std::min<std::int64_t>((left + 999'999) / 1'000'000, INT_MAX));
}

// A socket that is watched, or was while its last poll has not ended.
struct Watch {
  afd::IoStatus status{};
  afd::PollRequest request{};
  HANDLE base = nullptr;
  Handle handle = Handle::invalid;  // invalid: no longer watched
  std::uint64_t token = 0;
  Interest interest = Interest::none;
  bool under_way = false;  // a completion will come
};

class AfdPoller final : public Poller, public PollerList::Member {
 public:
  explicit AfdPoller(PollerList& list) noexcept
      : list_(list), port_(::CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1)), driver_(afd::open_driver()) {
    list_.add(*this);
  }

  ~AfdPoller() override {
    list_.remove(*this);
    absl::MutexLock lock(&mutex_);
    while (!watches_.empty()) drop(watches_.begin()->first);
    // The driver writes into watches until their polls have ended.
    while (!ending_.empty()) {
      OVERLAPPED_ENTRY entry;
      ULONG count = 0;
      if (::GetQueuedCompletionStatusEx(port_.get(), &entry, 1, &count, INFINITE, FALSE) == FALSE) return;
      if (entry.lpOverlapped != nullptr) ending_.erase(watch_of(entry));
    }
  }

  Result<void> start() {
    if (port_.get() == nullptr || driver_.get() == nullptr ||
        ::CreateIoCompletionPort(driver_.get(), port_.get(), 0, 0) == nullptr) {
      return fail(kOperation, Errc::enomem);
    }
    return {};
  }

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override {
    const SOCKET base = afd::base_socket(socket_of(handle));
    if (base == INVALID_SOCKET) return Unexpected(last_error(kOperation, socket_of(handle)));
    absl::MutexLock lock(&mutex_);
    std::unique_ptr<Watch>& watch = watches_[handle];
    if (watch) return fail(kOperation, Errc::eexist);
    watch = std::make_unique<Watch>();
    watch->base = reinterpret_cast<HANDLE>(base);
    watch->handle = handle;
    watch->token = token;
    watch->interest = interest;
    return begin(*watch);
  }

  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override {
    absl::MutexLock lock(&mutex_);
    const auto found = watches_.find(handle);
    if (found == watches_.end()) return fail(kOperation, Errc::enoent);
    Watch& watch = *found->second;
    watch.token = token;
    if (watch.interest == interest) return {};
    watch.interest = interest;
    if (!watch.under_way) return begin(watch);
    afd::cancel(driver_.get(), watch.status);  // and its completion begins it anew
    return {};
  }

  Result<void> remove(Handle handle) override {
    absl::MutexLock lock(&mutex_);
    if (!watches_.contains(handle)) return fail(kOperation, Errc::enoent);
    drop(handle);
    return {};
  }

  void forget(Handle handle) override {
    absl::MutexLock lock(&mutex_);
    if (watches_.contains(handle)) drop(handle);
  }

  void receiving_ended(Handle handle) override {
    absl::MutexLock lock(&mutex_);
    const auto found = watches_.find(handle);
    // Its completion sees the end.
    if (found != watches_.end() && found->second->under_way) afd::cancel(driver_.get(), found->second->status);
  }

  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override {
    entries_.resize(events.size() + 1);  // one more for wake()
    {
      absl::MutexLock lock(&mutex_);
      begin_reported();
    }
    for (;;) {
      ULONG count = 0;
      if (::GetQueuedCompletionStatusEx(port_.get(), entries_.data(), static_cast<ULONG>(entries_.size()), &count,
                                        milliseconds_left(deadline), FALSE) == FALSE) {
        const DWORD code = ::GetLastError();
        if (code != WAIT_TIMEOUT) return Unexpected(socket_error(kOperation, INVALID_SOCKET, static_cast<int>(code)));
        count = 0;
      }
      bool woken = false;
      std::size_t stored = 0;
      absl::MutexLock lock(&mutex_);
      for (ULONG i = 0; i < count; ++i) {
        if (entries_[i].lpOverlapped == nullptr) {
          woken = true;
          awake_ = false;
        } else if (const auto ready = ended(*watch_of(entries_[i])); ready && stored < events.size()) {
          events[stored++] = *ready;
        }
      }
      if (stored > 0 || woken) return stored;
      if (!deadline.is_never() && deadline.left(monotonic_now()) == 0) return 0;
    }
  }

  void wake() override {
    absl::MutexLock lock(&mutex_);
    if (std::exchange(awake_, true)) return;
    ::PostQueuedCompletionStatus(port_.get(), 0, 0, nullptr);
  }

  Result<void> set_callback(std::function<void()>) override { return fail(kOperation, Errc::eopnotsupp); }

 private:
  static Watch* watch_of(const OVERLAPPED_ENTRY& entry) noexcept {
    return reinterpret_cast<Watch*>(entry.lpOverlapped);
  }

  static bool reads_the_end(const Watch& watch) {
    return (watch.interest & Interest::read) != Interest::none && winsock::ended(socket_of(watch.handle)).receiving;
  }

  Result<void> begin(Watch& watch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (watch.interest == Interest::none) return {};
    watch.request = {{}, 1, 0, {{watch.base, afd::events_of(watch.interest), 0}}};
    watch.request.timeout.QuadPart = reads_the_end(watch) ? afd::kAtOnce : afd::kNoTimeout;
    const NTSTATUS outcome = afd::poll(driver_.get(), nullptr, &watch, watch.status, watch.request);
    if (outcome < 0) {
      const Errc code = afd::portable_status(outcome);
      watches_.erase(watch.handle);
      return fail(kOperation, code);
    }
    watch.under_way = true;  // also where it has ended: the completion comes all the same
    return {};
  }

  // Level-triggered: what was reported is looked at again.
  void begin_reported() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const Handle handle : std::exchange(reported_, {})) {
      const auto found = watches_.find(handle);
      if (found != watches_.end() && !found->second->under_way) (void)begin(*found->second);
    }
  }

  // A poll has ended: what it tells.
  std::optional<ReadyEvent> ended(Watch& watch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    watch.under_way = false;
    if (watch.handle == Handle::invalid) {
      ending_.erase(&watch);
      return std::nullopt;
    }
    const ULONG events = watch.status.status == 0 && watch.request.count > 0 ? watch.request.sockets[0].events : 0;
    if ((events & afd::kLocalClose) != 0) {
      watches_.erase(watch.handle);
      return std::nullopt;
    }
    Interest ready = afd::ready_of(events, watch.interest);
    if (reads_the_end(watch)) ready = ready | Interest::read;
    if (ready == Interest::none) {
      (void)begin(watch);
      return std::nullopt;
    }
    reported_.push_back(watch.handle);
    return ReadyEvent{watch.token, ready};
  }

  void drop(Handle handle) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto found = watches_.find(handle);
    std::unique_ptr<Watch> watch = std::move(found->second);
    watches_.erase(found);
    if (!watch->under_way) return;
    watch->handle = Handle::invalid;
    afd::cancel(driver_.get(), watch->status);
    Watch* const key = watch.get();
    ending_.emplace(key, std::move(watch));
  }

  PollerList& list_;
  const SystemHandle port_;
  const SystemHandle driver_;
  absl::Mutex mutex_;
  absl::flat_hash_map<Handle, std::unique_ptr<Watch>> watches_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Watch*, std::unique_ptr<Watch>> ending_ ABSL_GUARDED_BY(mutex_);
  std::vector<Handle> reported_ ABSL_GUARDED_BY(mutex_);  // by the last wait()
  bool awake_ ABSL_GUARDED_BY(mutex_) = false;            // a completion of wake() is on its way
  std::vector<OVERLAPPED_ENTRY> entries_;                 // wait()'s alone
};

}  // namespace

Result<std::unique_ptr<Poller>> WinsockBackend::new_poller() {
  auto poller = std::make_unique<AfdPoller>(pollers_);
  if (const auto started = poller->start(); !started) return Unexpected(started.error());
  return poller;
}

}  // namespace everysock::winsock
