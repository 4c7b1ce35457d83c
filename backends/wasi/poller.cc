#include "backends/wasi/poller.h"

#include <utility>
#include <vector>

#include "backends/wasi/waiting.h"

namespace everysock::wasi {
namespace {

constexpr Operation kOperation = Operation::select;

}  // namespace

void WasiPoller::forget_closed() {
  std::erase_if(registry_, [this](const auto& entry) {
    const auto socket = backend_.find(entry.first);
    return !socket || socket != entry.second.socket.lock();
  });
}

Result<WasiPoller::Registry::iterator> WasiPoller::find(Handle handle) {
  forget_closed();
  if (!backend_.find(handle)) return fail(kOperation, Errc::ebadf);
  const auto found = registry_.find(handle);
  if (found == registry_.end()) return fail(kOperation, Errc::enoent);
  return found;
}

Result<void> WasiPoller::add(Handle handle, Interest interest, std::uint64_t token) {
  forget_closed();
  const auto socket = backend_.find(handle);
  if (!socket) return fail(kOperation, Errc::ebadf);
  if (!registry_.emplace(handle, Registered{socket, interest, token}).second) return fail(kOperation, Errc::eexist);
  return {};
}

Result<void> WasiPoller::modify(Handle handle, Interest interest, std::uint64_t token) {
  const auto found = find(handle);
  if (!found) return Unexpected(found.error());
  (*found)->second.interest = interest;
  (*found)->second.token = token;
  return {};
}

Result<void> WasiPoller::remove(Handle handle) {
  const auto found = find(handle);
  if (!found) return Unexpected(found.error());
  registry_.erase(*found);
  return {};
}

Result<std::size_t> WasiPoller::wait(std::span<ReadyEvent> events, Deadline deadline) {
  forget_closed();
  std::vector<Handle> handles;
  std::vector<std::shared_ptr<Socket>> sockets;
  std::vector<Watch> watches;
  const auto take = [&](Registry::iterator from, Registry::iterator to) {
    for (; from != to; ++from) {
      handles.push_back(from->first);
      sockets.push_back(from->second.socket.lock());
      watches.push_back({sockets.back().get(), from->second.interest});
    }
  };
  const auto next = registry_.upper_bound(last_);
  take(next, registry_.end());
  take(registry_.begin(), next);
  const auto waited = backend_.wait_settling(watches, std::exchange(woken_, false) ? Deadline::passed() : deadline);
  if (!waited) return waited;
  std::size_t stored = 0;
  for (std::size_t i = 0; i < watches.size() && stored < events.size(); ++i) {
    if (watches[i].ready == Interest::none) continue;
    events[stored++] = {registry_.at(handles[i]).token, watches[i].ready};
    last_ = handles[i];
  }
  return stored;
}

}  // namespace everysock::wasi
