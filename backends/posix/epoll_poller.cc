#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include "backends/posix/backend.h"
#include "backends/posix/poller.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;
constexpr Operation kOperation = Operation::select;

class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

std::uint32_t events_of(Interest interest) {
  std::uint32_t events = 0;
  if ((interest & Interest::read) != Interest::none) events |= EPOLLIN;
  if ((interest & Interest::write) != Interest::none) events |= EPOLLOUT;
  return events;
}

class EpollPoller final : public Poller {
 public:
  EpollPoller(int epoll, int wake) noexcept : epoll_(epoll), wake_(wake) {}

  Result<void> start() {
    if (epoll_.get() < 0 || wake_.get() < 0) return Unexpected(last_error(kOperation));
    return control(EPOLL_CTL_ADD, wake_.get(), EPOLLIN);
  }

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override {
    absl::MutexLock lock(&mutex_);
    const auto done = control(EPOLL_CTL_ADD, descriptor(handle), events_of(interest));
    if (done) remember(descriptor(handle), {token, interest});
    return done;
  }

  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override {
    absl::MutexLock lock(&mutex_);
    const auto done = control(EPOLL_CTL_MOD, descriptor(handle), events_of(interest));
    if (done) remember(descriptor(handle), {token, interest});
    return done;
  }

  Result<void> remove(Handle handle) override {
    absl::MutexLock lock(&mutex_);
    const auto index = static_cast<std::size_t>(descriptor(handle));
    if (index < watches_.size()) watches_[index] = {};
    return control(EPOLL_CTL_DEL, descriptor(handle), 0);
  }

  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override {
    native_.resize(events.size() + 1);  // one more for wake_
    const int count =
        ::epoll_wait(epoll_.get(), native_.data(), static_cast<int>(native_.size()), milliseconds_left(deadline));
    if (count < 0) return Unexpected(last_error(kOperation));
    std::size_t stored = 0;
    absl::MutexLock lock(&mutex_);
    for (int i = 0; i < count; ++i) {
      const epoll_event& native = native_[static_cast<std::size_t>(i)];
      if (native.data.fd == wake_.get()) {
        clear_wake();
        continue;
      }
      const auto index = static_cast<std::size_t>(native.data.fd);
      const Watch watch = index < watches_.size() ? watches_[index] : Watch{};
      const Interest ready = ready_of(native.events, watch.interest);
      // Level-triggered: what does not fit, or was removed meanwhile, is reported again or never.
      if (ready != Interest::none && stored < events.size()) events[stored++] = {watch.token, ready};
    }
    return stored;
  }

  void wake() override {
    const std::uint64_t one = 1;
    // The only failure is a counter that is full, and then the poller is awake.
    [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof(one));
  }

  Result<void> set_callback(std::function<void()>) override { return fail(kOperation, Errc::eopnotsupp); }

 private:
  struct Watch {
    std::uint64_t token = 0;
    Interest interest = Interest::none;
  };

  static Interest ready_of(std::uint32_t events, Interest interest) {
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) return interest;
    Interest ready = Interest::none;
    if ((events & EPOLLIN) != 0) ready = ready | Interest::read;
    if ((events & EPOLLOUT) != 0) ready = ready | Interest::write;
    return ready & interest;
  }

  Result<void> control(int operation, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (::epoll_ctl(epoll_.get(), operation, fd, &event) < 0) return Unexpected(last_error(kOperation));
    return {};
  }

  void remember(int fd, Watch watch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto index = static_cast<std::size_t>(fd);
    if (index >= watches_.size()) watches_.resize(index + 1);
    watches_[index] = watch;
  }

  void clear_wake() {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto cleared = ::read(wake_.get(), &count, sizeof(count));
  }

  const Descriptor epoll_;
  const Descriptor wake_;
  absl::Mutex mutex_;
  std::vector<Watch> watches_ ABSL_GUARDED_BY(mutex_);  // by descriptor
  std::vector<epoll_event> native_;                     // wait()'s alone
};

}  // namespace

Result<std::unique_ptr<Poller>> new_poller() {
  auto poller = std::make_unique<EpollPoller>(::epoll_create1(EPOLL_CLOEXEC), ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (const auto started = poller->start(); !started) return Unexpected(started.error());
  return poller;
}

}  // namespace everysock::posix
