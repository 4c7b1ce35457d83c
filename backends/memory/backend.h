// The Backend of one simulated machine: takes the network's lock, finds the socket, and waits where a call has to.
#ifndef EVERYSOCK_BACKENDS_MEMORY_BACKEND_H_
#define EVERYSOCK_BACKENDS_MEMORY_BACKEND_H_

#include <memory>

#include "backends/memory/kernel_socket.h"
#include "backends/memory/machine.h"
#include "backends/memory/network.h"
#include "backends/memory/resolver.h"
#include "everysock/backend.h"

namespace everysock::memory {

class MemoryBackend final : public Backend {
 public:
  MemoryBackend(std::shared_ptr<Network> network, Machine& machine)
      : network_(std::move(network)), machine_(machine), resolver_(*network_, machine) {}
  ~MemoryBackend() override;

  std::string_view name() const override { return "memory"; }
  Support supports(Feature feature) const override;
  std::int64_t now() override;

  // life.cc
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

  // calls.cc
  Result<void> bind(Handle handle, const Address& address) override;
  Result<void> listen(Handle handle, int backlog) override;
  Result<Handle> accept(Handle handle, Address* peer) override;
  Result<void> connect(Handle handle, const Address& address) override;
  Result<void> shutdown(Handle handle, ShutdownHow how) override;
  Result<Address> local_address(Handle handle) override;
  Result<Address> peer_address(Handle handle) override;
  Result<std::size_t> send(Handle handle, const SendRequest& request) override;
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(Handle handle, OptionLevel level, Option option, std::span<const std::byte> value) override;

  // waiting.cc
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override;

  Resolver& resolver() override { return resolver_; }

  void thread_starting() override { network_->thread_starting(); }
  void thread_finished() override { network_->thread_finished(); }
  void thread_waits_elsewhere(bool waits) override { network_->thread_waits_elsewhere(waits); }
  void thread_joins(std::uint64_t thread, bool begins) override { network_->thread_joins(thread, begins); }

 private:
  KernelSocket* find(Handle handle) const noexcept { return machine_.handles().find(handle); }

  const std::shared_ptr<Network> network_;
  Machine& machine_;
  MemoryResolver resolver_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_BACKEND_H_
