// Readiness of many sockets. There is one thread: nobody changes the set while it waits.
#ifndef EVERYSOCK_BACKENDS_WASI_POLLER_H_
#define EVERYSOCK_BACKENDS_WASI_POLLER_H_

#include <cstdint>
#include <map>
#include <memory>

#include "backends/wasi/backend.h"

namespace everysock::wasi {

class WasiPoller final : public Poller {
 public:
  explicit WasiPoller(WasiBackend& backend) : backend_(backend) {}

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> remove(Handle handle) override;
  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override;
  void wake() override { woken_ = true; }
  Result<void> set_callback(std::function<void()>) override { return fail(Operation::select, Errc::eopnotsupp); }

 private:
  struct Registered {
    std::weak_ptr<Socket> socket;
    Interest interest;
    std::uint64_t token;
  };
  using Registry = std::map<Handle, Registered>;

  // The handle's entry; none where it was closed, and perhaps given to another socket, since it was added.
  Result<Registry::iterator> find(Handle handle);
  void forget_closed();

  WasiBackend& backend_;
  Registry registry_;
  Handle last_ = Handle::invalid;  // of the last event: the next wait begins behind it, so that all get their turn
  bool woken_ = false;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_POLLER_H_
