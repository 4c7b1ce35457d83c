// WinsockBackend: one class over Winsock's calls, implemented by subject in the files beside this one.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_BACKEND_H_
#define EVERYSOCK_BACKENDS_WINSOCK_BACKEND_H_

#include "backends/winsock/poller_list.h"
#include "backends/winsock/resolver.h"
#include "everysock/backend.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

constexpr SOCKET socket_of(Handle handle) noexcept { return static_cast<SOCKET>(handle); }
constexpr Handle to_handle(SOCKET socket) noexcept { return static_cast<Handle>(socket); }

class WinsockBackend final : public Backend {
 public:
  // winsock_backend.cc
  std::string_view name() const override { return "winsock"; }
  std::int64_t now() override;
  Resolver& resolver() override { return resolver_; }

  // features.cc
  Support supports(Feature feature) const override;

  // lifecycle.cc
  Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<Handle> adopt(std::int64_t native) override;
  std::int64_t native(Handle handle) const override { return static_cast<std::int64_t>(handle); }
  Result<void> close(Handle handle) override;
  Result<bool> inheritable(Handle handle) override;
  Result<void> set_inheritable(Handle handle, bool inheritable) override;
  Result<void> set_blocking(Handle handle, bool blocking) override;
  Result<bool> blocking(Handle handle) override;

  // socket_pair.cc
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) override;

  // sharing.cc
  Result<Handle> duplicate(Handle handle) override;
  Result<std::string> share(Handle handle, std::uint32_t process_id) override;
  Result<SharedHandle> adopt_shared(std::string_view data) override;

  // connections.cc
  Result<void> bind(Handle handle, const Address& address) override;
  Result<void> listen(Handle handle, int backlog) override;
  Result<Handle> accept(Handle handle, Address* peer) override;
  Result<void> connect(Handle handle, const Address& address) override;
  Result<void> shutdown(Handle handle, ShutdownHow how) override;
  Result<Address> local_address(Handle handle) override;
  Result<Address> peer_address(Handle handle) override;

  // sending.cc
  Result<std::size_t> send(Handle handle, const SendRequest& request) override;
  // receiving.cc
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;
  // send_file.cc
  Result<std::size_t> send_file(Handle handle, std::int64_t file, std::int64_t offset, std::size_t count) override;

  // options.cc
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(Handle handle, OptionLevel level, Option option, std::span<const std::byte> value) override;
  Result<std::uint32_t> control(Handle handle, IoControl command, std::span<const std::byte> option) override;

  // waiting.cc
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  // poller.cc
  Result<std::unique_ptr<Poller>> new_poller() override;

 private:
  WinsockResolver resolver_;
  PollerList pollers_;
};

// The performance counter in nanoseconds.
std::int64_t monotonic_now() noexcept;

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_BACKEND_H_
