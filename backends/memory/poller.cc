#include "backends/memory/poller.h"

#include <algorithm>
#include <utility>

#include "backends/memory/backend.h"

namespace everysock::memory {
namespace {

constexpr Operation kOperation = Operation::select;

}  // namespace

class MemoryPoller::Watch final : public Watcher {
 public:
  Watch(MemoryPoller& poller, KernelSocket& socket, Handle handle, Interest interest, std::uint64_t token)
      : Watcher(interest), token(token), poller_(poller), socket_(socket), handle_(handle) {
    socket.watchers().add(*this);
  }

  Handle handle() const noexcept { return handle_; }
  Interest ready() const { return socket_.readiness().of(interest()); }
  void changed() override {
    if (!queued && ready() != Interest::none) poller_.candidate(*this);
  }
  bool ends_with(Handle handle) override {
    if (handle != handle_) return false;
    poller_.retire(*this);
    return true;
  }

  std::uint64_t token;
  bool queued = false;

 private:
  MemoryPoller& poller_;
  KernelSocket& socket_;
  const Handle handle_;
};

MemoryPoller::~MemoryPoller() {
  const Session session(*network_);
  candidates_.clear();
  watches_.clear();
  retired_.clear();
  if (caller_) network_->remove_caller(*caller_);
}

void MemoryPoller::announce() {
  if (waiting_ != nullptr) network_->wake(*waiting_);
  if (caller_) call_back();
}

void MemoryPoller::call_back() {
  network_->call_later(callback_);
  network_->caller_called(**caller_);
}

void MemoryPoller::candidate(Watch& watch) {
  watch.queued = true;
  candidates_.push_back(&watch);
  announce();
}

void MemoryPoller::retire(Watch& watch) {
  std::erase(candidates_, &watch);
  const auto found = watches_.find(watch.handle());
  retired_.push_back(std::move(found->second));
  watches_.erase(found);
}

Result<void> MemoryPoller::add(Handle handle, Interest interest, std::uint64_t token) {
  const Session session(*network_);
  retired_.clear();
  KernelSocket* socket = machine_.handles().find(handle);
  if (socket == nullptr) return fail(kOperation, Errc::ebadf);
  auto& watch = watches_[handle];
  if (watch) return fail(kOperation, Errc::eexist);
  watch = std::make_unique<Watch>(*this, *socket, handle, interest, token);
  watch->changed();
  return {};
}

Result<void> MemoryPoller::modify(Handle handle, Interest interest, std::uint64_t token) {
  const Session session(*network_);
  if (machine_.handles().find(handle) == nullptr) return fail(kOperation, Errc::ebadf);
  const auto found = watches_.find(handle);
  if (found == watches_.end()) return fail(kOperation, Errc::enoent);
  found->second->set_interest(interest);
  found->second->token = token;
  found->second->changed();
  return {};
}

Result<void> MemoryPoller::remove(Handle handle) {
  const Session session(*network_);
  if (machine_.handles().find(handle) == nullptr) return fail(kOperation, Errc::ebadf);
  const auto found = watches_.find(handle);
  if (found == watches_.end()) return fail(kOperation, Errc::enoent);
  std::erase(candidates_, found->second.get());
  watches_.erase(found);
  return {};
}

std::size_t MemoryPoller::collect(std::span<ReadyEvent> events) {
  std::size_t stored = 0;
  // What is reported goes to the end, so that all get their turn.
  for (std::size_t left = candidates_.size(); left > 0 && stored < events.size(); --left) {
    Watch& watch = *candidates_.front();
    candidates_.pop_front();
    const Interest ready = watch.ready();
    watch.queued = ready != Interest::none;
    if (!watch.queued) continue;
    events[stored++] = {watch.token, ready};
    candidates_.push_back(&watch);
  }
  return stored;
}

Result<std::size_t> MemoryPoller::wait(std::span<ReadyEvent> events, Deadline deadline) {
  Session session(*network_);
  retired_.clear();
  if (caller_) network_->caller_answered(**caller_);
  for (;;) {
    const std::size_t stored = collect(events);
    if (stored > 0 || std::exchange(woken_, false)) {
      woken_ = false;
      return stored;
    }
    if (deadline.nanoseconds() <= network_->now()) {
      network_->look_was_vain(session);
      return 0;
    }
    waiting_ = &session.thread();
    const Network::Awakening awakening = network_->sleep(session, deadline);
    waiting_ = nullptr;
    if (awakening == Network::Awakening::deadlock) return fail(kOperation, Errc::edeadlk);
    if (awakening == Network::Awakening::passed) return collect(events);
  }
}

void MemoryPoller::wake() {
  const Session session(*network_);
  woken_ = true;
  announce();
}

Result<void> MemoryPoller::set_callback(std::function<void()> callback) {
  const bool given = static_cast<bool>(callback);
  {
    const Lock guard(callback_->mutex);
    callback_->function = std::move(callback);
  }
  const Session session(*network_);
  if (given && !caller_) caller_ = network_->add_caller();
  if (!given && caller_) network_->remove_caller(*std::exchange(caller_, std::nullopt));
  if (given && (!candidates_.empty() || woken_)) call_back();
  return {};
}

Result<std::unique_ptr<Poller>> MemoryBackend::new_poller() {
  return std::make_unique<MemoryPoller>(network_, machine_);
}

}  // namespace everysock::memory
