// Readiness of many sockets. Sockets tell when they change; only those that did are looked at.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_POLLER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_POLLER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

#include "absl/container/flat_hash_map.h"

#include "backends/websocket/client/session.h"
#include "everysock/backend.h"

namespace everysock::websocket {

class WebsocketBackend;
class WebsocketPoller;

// One handle in one poller. Shared by the poller, the handle's entry (weakly) and the list of candidates.
class Watch final : public Watcher, public std::enable_shared_from_this<Watch> {
 public:
  Watch(WebsocketPoller& poller, Handle handle, SocketPointer socket) noexcept
      : poller(poller), handle(handle), socket(std::move(socket)) {}
  void wake() override;
  // Ends it, for good.
  void retire();

  WebsocketPoller& poller;
  const Handle handle;
  const SocketPointer socket;
  Interest interest = Interest::none;
  std::uint64_t token = 0;
  bool candidate = false;  // in the poller's list
  bool retired = false;
};

class WebsocketPoller final : public Poller {
 public:
  explicit WebsocketPoller(WebsocketBackend& backend);
  ~WebsocketPoller() override;

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> remove(Handle handle) override;
  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override;
  void wake() override;
  Result<void> set_callback(std::function<void()> callback) override;

 private:
  friend class Watch;
  void propose(const std::shared_ptr<Watch>& watch);
  void announce();
  std::size_t collect(std::span<ReadyEvent> events);

  WebsocketBackend& backend_;
  absl::flat_hash_map<Handle, std::shared_ptr<Watch>> watches_;
  std::deque<std::shared_ptr<Watch>> candidates_;
  Waiter* sleeper_ = nullptr;  // of the thread in wait()
  bool woken_ = false;
  std::shared_ptr<std::function<void()>> callback_;
  bool announced_ = false;  // the callback has been called since the last wait()
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_POLLER_H_
