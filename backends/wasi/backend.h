// WasiBackend: from handles to sockets, and the waiting of blocking calls. What a socket does is in its class.
#ifndef EVERYSOCK_BACKENDS_WASI_BACKEND_H_
#define EVERYSOCK_BACKENDS_WASI_BACKEND_H_

#include <memory>

#include "backends/wasi/passing.h"
#include "backends/wasi/resolver.h"
#include "backends/wasi/socket_table.h"
#include "backends/wasi/waiting.h"
#include "everysock/backend.h"

namespace everysock::wasi {

class WasiBackend final : public Backend {
 public:
  explicit WasiBackend(std::unique_ptr<Backend> local);
  ~WasiBackend() override;

  std::string_view name() const override { return "wasi"; }
  Support supports(Feature feature) const override;  // features.cc
  std::int64_t now() override;
  Resolver& resolver() override { return resolver_; }

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
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override;

  Result<std::size_t> wait_settling(std::span<Watch> watches, Deadline deadline);
  // Null where the handle is not open.
  std::shared_ptr<Socket> find(Handle handle) const { return sockets_.find(handle); }

 private:
  template <typename Attempt>
  auto until_done(Socket& socket, Interest interest, bool waits, Attempt attempt) -> decltype(attempt());
  static void settle_at_exit();

  const std::unique_ptr<Backend> local_;
  WasiResolver resolver_;
  SocketTable sockets_;
  Passing passing_;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_BACKEND_H_
