#include "backends/wasi/waiting.h"

#include <algorithm>
#include <vector>

#include "backends/wasi/abi.h"

namespace everysock::wasi {
namespace {

// Some hosts go on calling a pollable ready after what was ready has been taken (jco's shim, that of incoming
// datagrams). After this many polls in vain, looking again at intervals takes the place of polling.
constexpr int kVainPolls = 2;
constexpr std::int64_t kShortestInterval = 1'000'000;
constexpr std::int64_t kLongestInterval = 10'000'000;

std::size_t look(std::span<Watch> watches) {
  std::size_t count = 0;
  for (Watch& watch : watches) {
    watch.ready = watch.socket->ready(watch.interest);
    if (watch.ready != Interest::none) ++count;
  }
  return count;
}

// Returns whether a pollable was ready, and not only the timer: the last one where `nanoseconds` is not negative.
bool poll(std::vector<std::int32_t>& pollables, std::int64_t nanoseconds) {
  Pollable timer;
  const std::size_t others = pollables.size();
  if (nanoseconds >= 0) {
    timer = Pollable(wasi_monotonic_clock_subscribe_duration(nanoseconds));
    pollables.push_back(timer.get());
  }
  ResultArea area;
  wasi_poll_poll(address_of(pollables.data()), static_cast<std::int32_t>(pollables.size()), area.where());
  const HostList list(area, 0);
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::uint32_t index = 0;
    std::memcpy(&index, list.data() + i * sizeof(index), sizeof(index));
    if (index < others) return true;
  }
  return false;
}

}  // namespace

std::int64_t monotonic_now() noexcept { return wasi_monotonic_clock_now(); }

Result<std::size_t> wait_for(std::span<Watch> watches, Deadline deadline) {
  std::vector<std::int32_t> pollables;
  for (int vain = 0;;) {
    if (const std::size_t count = look(watches); count != 0) return count;
    if (deadline == Deadline::passed()) return 0;
    std::int64_t left = -1;
    if (!deadline.is_never()) {
      left = deadline.left(monotonic_now());
      if (left == 0) return 0;
    }
    pollables.clear();
    for (const Watch& watch : watches) watch.socket->add_pollables(watch.interest, pollables);
    std::sort(pollables.begin(), pollables.end());
    pollables.erase(std::unique(pollables.begin(), pollables.end()), pollables.end());
    if (pollables.empty() && left < 0) return fail(Operation::select, Errc::edeadlk);
    if (vain >= kVainPolls) {
      const std::int64_t interval = std::min(kLongestInterval, kShortestInterval << std::min(vain - kVainPolls, 4));
      pollables.clear();
      left = left < 0 ? interval : std::min(left, interval);
      ++vain;
    }
    if (poll(pollables, left)) ++vain;
  }
}

}  // namespace everysock::wasi
