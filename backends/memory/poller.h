// Readiness of many sockets, as epoll(7) does it.
#ifndef EVERYSOCK_BACKENDS_MEMORY_POLLER_H_
#define EVERYSOCK_BACKENDS_MEMORY_POLLER_H_

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "backends/memory/machine.h"
#include "backends/memory/network.h"

namespace everysock::memory {

// A socket that becomes ready is put on a list; wait() looks at that list alone, and leaves on it what is ready still.
class MemoryPoller final : public Poller {
 public:
  MemoryPoller(std::shared_ptr<Network> network, Machine& machine)
      : network_(std::move(network)), machine_(machine), callback_(std::make_shared<Callback>()) {}
  ~MemoryPoller() override;

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> remove(Handle handle) override;
  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override;
  void wake() override;
  Result<void> set_callback(std::function<void()> callback) override;

 private:
  class Watch;

  void candidate(Watch& watch);
  void retire(Watch& watch);
  void announce();
  void call_back();
  std::size_t collect(std::span<ReadyEvent> events);

  const std::shared_ptr<Network> network_;
  Machine& machine_;
  std::unordered_map<Handle, std::unique_ptr<Watch>> watches_;
  std::vector<std::unique_ptr<Watch>> retired_;  // ended by the closing of their handle
  std::deque<Watch*> candidates_;
  KnownThread* waiting_ = nullptr;
  bool woken_ = false;
  const std::shared_ptr<Callback> callback_;
  std::optional<Census::Threads::iterator> caller_;  // who the callback stands for, where there is one
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_POLLER_H_
