// Waiting for one call's sake: poll(2). Pollers: epoll_poller.cc.
#include <poll.h>
#include <time.h>

#include <algorithm>
#include <climits>

#include "absl/container/inlined_vector.h"

#include "backends/posix/backend.h"
#include "backends/posix/poller.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

short events_of(Interest interest) {
  short events = 0;
  if ((interest & Interest::read) != Interest::none) events |= POLLIN;
  if ((interest & Interest::write) != Interest::none) events |= POLLOUT;
  return events;
}

Interest ready_of(short events, Interest interest) {
  if ((events & (POLLERR | POLLHUP)) != 0) return interest;
  Interest ready = Interest::none;
  if ((events & POLLIN) != 0) ready = ready | Interest::read;
  if ((events & POLLOUT) != 0) ready = ready | Interest::write;
  return ready & interest;
}

int poll_until(std::span<pollfd> polled, Deadline deadline) {
  return ::poll(polled.data(), static_cast<nfds_t>(polled.size()), milliseconds_left(deadline));
}

}  // namespace

int milliseconds_left(Deadline deadline) noexcept {
  if (deadline.is_never()) return -1;
  if (deadline == Deadline::passed()) return 0;
  const std::int64_t left = deadline.left(monotonic_now());
  return static_cast<int>(std::min<std::int64_t>((left + 999'999) / 1'000'000, INT_MAX));
}

Result<std::size_t> PosixBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  absl::InlinedVector<pollfd, 8> polled(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    polled[i] = {descriptor(items[i].handle), events_of(items[i].interest), 0};
  }
  int count = 0;
  do {
    count = poll_until({polled.data(), polled.size()}, deadline);
    if (count < 0) return Unexpected(platform::last_error(Operation::select));
    // A deadline further away than poll can count: it is not over yet.
  } while (count == 0 && !deadline.is_never() && deadline != Deadline::passed() && deadline.left(monotonic_now()) > 0);
  std::size_t ready = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if ((polled[i].revents & POLLNVAL) != 0) return fail(Operation::select, Errc::ebadf);
    items[i].ready = ready_of(polled[i].revents, items[i].interest);
    if (items[i].ready != Interest::none) ++ready;
  }
  return ready;
}

Result<std::unique_ptr<Poller>> PosixBackend::new_poller() { return posix::new_poller(); }

}  // namespace everysock::posix
