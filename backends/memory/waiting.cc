// Waiting for one call's sake, as poll(2). Pollers: poller.cc.
#include <optional>

#include "absl/container/inlined_vector.h"

#include "backends/memory/backend.h"
#include "backends/memory/blocking.h"

namespace everysock::memory {

Result<std::size_t> MemoryBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  constexpr Operation kOperation = Operation::select;
  Session session(*network_);
  absl::InlinedVector<std::shared_ptr<KernelSocket>, 4> sockets;
  for (const WaitItem& item : items) {
    KernelSocket* socket = find(item.handle);
    if (socket == nullptr) return fail(kOperation, Errc::ebadf);
    sockets.push_back(socket->shared_from_this());
  }
  const auto look = [&] {
    std::size_t ready = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i].ready = sockets[i]->readiness().of(items[i].interest);
      if (items[i].ready != Interest::none) ++ready;
    }
    return ready;
  };
  absl::InlinedVector<std::optional<ThreadWatcher>, 4> watchers(items.size());
  for (bool watching = false;; watching = true) {
    const std::size_t ready = look();
    if (ready > 0) return ready;
    if (deadline.nanoseconds() <= network_->now()) {
      if (!watching) network_->look_was_vain(session);
      return 0;
    }
    for (std::size_t i = 0; !watching && i < items.size(); ++i) {
      sockets[i]->watchers().add(watchers[i].emplace(*network_, session.thread(), items[i].interest));
    }
    const Network::Awakening awakening = network_->sleep(session, deadline);
    if (awakening == Network::Awakening::deadlock) return fail(kOperation, Errc::edeadlk);
    for (const std::shared_ptr<KernelSocket>& socket : sockets) {
      if (socket->released()) return fail(kOperation, Errc::ebadf);
    }
    if (awakening == Network::Awakening::passed) return look();
  }
}

}  // namespace everysock::memory
