// Waiting for one call's sake. Pollers: poller.cc.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/inlined_vector.h"
#include "absl/synchronization/mutex.h"

#include "backends/winsock/afd.h"
#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/shared_state.h"
#include "backends/winsock/system_handle.h"
#include "platform/per_thread.h"

namespace everysock::winsock {
namespace {

constexpr Operation kOperation = Operation::select;

// One for the process: polls of any number of threads may be under way on it. It is never closed.
HANDLE driver() noexcept {
  static const HANDLE opened = afd::open_driver();
  return opened;
}

constexpr std::size_t words_for(std::size_t sockets) {
  const std::size_t more = std::max<std::size_t>(sockets, 1) - 1;
  return (sizeof(afd::PollRequest) + more * sizeof(afd::PolledSocket)) / sizeof(std::uint64_t) + 1;
}
static_assert(alignof(afd::PollRequest) <= alignof(std::uint64_t));

// A PollRequest with room for the sockets.
class Request {
 public:
  explicit Request(std::size_t count) : words_(words_for(count)) {}
  afd::PollRequest& operator*() noexcept { return *reinterpret_cast<afd::PollRequest*>(words_.data()); }
  afd::PollRequest* operator->() noexcept { return &**this; }

 private:
  absl::InlinedVector<std::uint64_t, words_for(8)> words_;
};

LONGLONG timeout_until(Deadline deadline) noexcept {
  if (deadline.is_never()) return afd::kNoTimeout;
  if (deadline == Deadline::passed()) return 0;
  return -((deadline.left(monotonic_now()) + 99) / 100);
}

// Without sockets the driver does not wait.
void sleep_until(Deadline deadline) noexcept {
  while (deadline.is_never() || deadline.left(monotonic_now()) > 0) {
    const std::int64_t milliseconds =
        deadline.is_never() ? 1000 : (deadline.left(monotonic_now()) + 999'999) / 1'000'000;
    ::Sleep(static_cast<DWORD>(std::min<std::int64_t>(milliseconds, 1000)));
  }
}

struct WaitEvent {
  const SystemHandle handle = new_event();
};

// A wait under way: shutdown() ends its poll.
class Waiter final : public PollerList::Member {
 public:
  explicit Waiter(PollerList& list) : list_(list) { list_.add(*this); }
  ~Waiter() override { list_.remove(*this); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  Result<void> poll(Request& request) {
    const SystemHandle& event = platform::per_thread<WaitEvent>().handle;
    if (driver() == nullptr || event.get() == nullptr) return fail(kOperation, Errc::enomem);
    ::ResetEvent(event.get());
    NTSTATUS outcome = begin(event.get(), request);
    if (outcome == afd::kPending) {
      ::WaitForSingleObject(event.get(), INFINITE);
      outcome = status_.status;
    }
    if (outcome == afd::kTimeout || outcome == afd::kCancelled) {
      request->count = 0;
    } else if (outcome < 0) {
      return fail(kOperation, afd::portable_status(outcome));
    }
    return {};
  }

  void forget(Handle) override {}  // the driver tells
  void receiving_ended(Handle) override {
    absl::MutexLock lock(&mutex_);
    woken_ = true;
    if (begun_) afd::cancel(driver(), status_);
  }

 private:
  NTSTATUS begin(HANDLE event, Request& request) {
    absl::MutexLock lock(&mutex_);
    if (std::exchange(woken_, false)) return afd::kCancelled;
    begun_ = true;
    return afd::poll(driver(), event, nullptr, status_, *request);
  }

  PollerList& list_;
  absl::Mutex mutex_;
  afd::IoStatus status_{};
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;  // since the last poll began
  bool begun_ ABSL_GUARDED_BY(mutex_) = false;
};

// Those whose receiving shutdown() has ended are ready to read, of which the driver knows nothing.
std::size_t mark_ended(std::span<WaitItem> items) {
  std::size_t marked = 0;
  for (WaitItem& item : items) {
    if ((item.interest & Interest::read) == Interest::none || !ended(socket_of(item.handle)).receiving) continue;
    item.ready = Interest::read;
    ++marked;
  }
  return marked;
}

}  // namespace

Result<std::size_t> WinsockBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  if (items.empty()) {
    sleep_until(deadline);
    return 0;
  }
  absl::InlinedVector<HANDLE, 8> bases(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const SOCKET socket = socket_of(items[i].handle);
    const SOCKET base = afd::base_socket(socket);
    if (base == INVALID_SOCKET) return Unexpected(last_error(kOperation, socket));
    bases[i] = reinterpret_cast<HANDLE>(base);
    items[i].ready = Interest::none;
  }
  Request request(items.size());
  Waiter waiter(pollers_);
  std::size_t ready = 0;
  do {
    ready = mark_ended(items);
    request->timeout.QuadPart = ready > 0 ? 0 : timeout_until(deadline);
    request->count = static_cast<ULONG>(items.size());
    request->exclusive = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      request->sockets[i] = {bases[i], afd::events_of(items[i].interest), 0};
    }
    if (const auto done = waiter.poll(request); !done) return Unexpected(done.error());
    for (ULONG found = 0; found < request->count; ++found) {
      const afd::PolledSocket& socket = request->sockets[found];
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (bases[i] != socket.socket) continue;
        if ((socket.events & afd::kLocalClose) != 0) return fail(kOperation, Errc::ebadf);
        const Interest before = items[i].ready;
        items[i].ready = before | afd::ready_of(socket.events, items[i].interest);
        if (before == Interest::none && items[i].ready != Interest::none) ++ready;
      }
    }
  } while (ready == 0 && (deadline.is_never() || deadline.left(monotonic_now()) > 0));
  return ready;
}

}  // namespace everysock::winsock
