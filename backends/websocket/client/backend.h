// WebsocketBackend: the engine's operations, waited for. By subject in the files beside this one.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_BACKEND_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_BACKEND_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "backends/websocket/client/poller.h"
#include "backends/websocket/client/resolver.h"
#include "backends/websocket/client/session.h"
#include "everysock/backend.h"

namespace everysock::websocket {

class WebsocketBackend final : public Backend {
 public:
  WebsocketBackend(std::string url, ClientEngine::Options options, std::shared_ptr<Transport> transport);
  ~WebsocketBackend() override;

  // lifecycle.cc
  std::string_view name() const override { return "websocket"; }
  Support supports(Feature feature) const override;
  std::int64_t now() override { return monotonic_now(); }
  Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<Handle> adopt(std::int64_t native) override;
  std::int64_t native(Handle handle) const override { return static_cast<std::int64_t>(handle); }
  Result<Handle> duplicate(Handle handle) override;
  Result<void> close(Handle handle) override;
  Result<bool> inheritable(Handle handle) override;
  Result<void> set_inheritable(Handle handle, bool inheritable) override;
  Result<void> set_blocking(Handle handle, bool blocking) override;
  Result<bool> blocking(Handle handle) override;

  // connecting.cc
  Result<void> bind(Handle handle, const Address& address) override;
  Result<void> listen(Handle handle, int backlog) override;
  Result<Handle> accept(Handle handle, Address* peer) override;
  Result<void> connect(Handle handle, const Address& address) override;
  Result<void> shutdown(Handle handle, ShutdownHow how) override;
  Result<Address> local_address(Handle handle) override;
  Result<Address> peer_address(Handle handle) override;

  // transfer.cc
  Result<std::size_t> send(Handle handle, const SendRequest& request) override;
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;

  // settings.cc
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(Handle handle, OptionLevel level, Option option, std::span<const std::byte> value) override;

  // poller.cc
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override;

  Resolver& resolver() override { return resolver_; }

  // A thread that is suspended instead of blocked waits for another one here; the rest waits in join().
  void thread_finished() override;
  void thread_joins(std::uint64_t thread, bool begins) override;

 private:
  // What a handle of the backend stands for. Duplicates share the socket.
  struct Entry {
    SocketPointer socket;
    bool inheritable = false;
    std::vector<std::weak_ptr<Watch>> watches;
  };

  // Those below are called under the lock.
  Result<SocketPointer> find(Handle handle, Operation operation) const;
  Handle add(SocketPointer socket);

  // control.cc
  // What the control messages of a send call become on the wire, where sockets are handles of the session.
  struct WireMessages {
    std::vector<WireControl> items;
    std::vector<SocketPointer> passed;
    std::deque<std::string> handles;  // what the items of passed sockets point to
  };
  Result<WireMessages> to_wire(const SocketState& socket, std::span<const ControlMessage> control) const;

  // transfer.cc
  // A message with control messages; of a stream, its first piece.
  Result<std::size_t> send_message(Session::Lock& lock, const SocketPointer& socket, const SendRequest& request,
                                   const WireMessages& control, bool waits);

  // Tries until `attempt` gives something else than EAGAIN, sleeping while nothing changes: as a blocking call, where
  // `waits`. The deadline is that of so_rcvtimeo and so_sndtimeo; when it passes, the answer is EAGAIN.
  template <typename Attempt>
  auto repeat(Session::Lock& lock, const SocketPointer& socket, bool waits, std::int64_t timeout, Attempt attempt)
      -> decltype(attempt());

  // Has `ask(reply)` send a request and waits for the outcome; where the thread may not sleep, goes on without.
  template <typename Ask>
  Result<void> request(Session::Lock& lock, Ask ask);

  friend class WebsocketPoller;

  mutable Session session_;
  absl::flat_hash_map<Handle, Entry> handles_;
  std::int64_t next_handle_ = 3;                         // as descriptors begin
  absl::flat_hash_set<std::uint64_t> finished_threads_;  // that nobody has joined yet
  std::vector<Waiter*> joining_;
  WebsocketResolver resolver_;
};

template <typename Attempt>
auto WebsocketBackend::repeat(Session::Lock& lock, const SocketPointer& socket, bool waits, std::int64_t timeout,
                              Attempt attempt) -> decltype(attempt()) {
  auto result = attempt();
  const auto would_wait = [&] { return !result && result.error() == Errc::eagain; };
  if (!would_wait() || !waits) return result;
  const Operation operation = result.error().operation();
  if (!lock.may_block()) return fail(operation, UsageErrc::would_block_page);
  const Deadline deadline = timeout == 0 ? Deadline::never() : Deadline::after(monotonic_now(), timeout);
  const Session::Borrowed waiter(session_);
  socket->watchers.push_back(waiter.get());
  while (would_wait() && lock.wait(*waiter, deadline)) result = attempt();
  socket->unwatch(*waiter);
  return result;
}

template <typename Ask>
Result<void> WebsocketBackend::request(Session::Lock& lock, Ask ask) {
  if (!lock.may_block()) return ask(nullptr);
  Reply reply;
  if (auto asked = ask(&reply); !asked) return asked;
  return lock.wait(reply);
}

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_BACKEND_H_
