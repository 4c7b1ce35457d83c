// PosixBackend: one class over the BSD socket calls, implemented by subject in the files beside this one.
#ifndef EVERYSOCK_BACKENDS_POSIX_BACKEND_H_
#define EVERYSOCK_BACKENDS_POSIX_BACKEND_H_

#include "backends/posix/resolver.h"
#include "everysock/backend.h"

namespace everysock::posix {

constexpr int descriptor(Handle handle) noexcept { return static_cast<int>(handle); }
constexpr Handle to_handle(int descriptor) noexcept { return static_cast<Handle>(descriptor); }

class PosixBackend final : public Backend {
 public:
  // posix_backend.cc
  std::string_view name() const override { return "posix"; }
  Support supports(Feature feature) const override;
  std::int64_t now() override;
  Resolver& resolver() override { return resolver_; }

  // lifecycle.cc
  Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<Handle> adopt(std::int64_t native) override;
  std::int64_t native(Handle handle) const override { return descriptor(handle); }
  Result<Handle> duplicate(Handle handle) override;
  Result<void> close(Handle handle) override;
  Result<bool> inheritable(Handle handle) override;
  Result<void> set_inheritable(Handle handle, bool inheritable) override;
  Result<void> set_blocking(Handle handle, bool blocking) override;
  Result<bool> blocking(Handle handle) override;

  // connections.cc
  Result<void> bind(Handle handle, const Address& address) override;
  Result<void> listen(Handle handle, int backlog) override;
  Result<Handle> accept(Handle handle, Address* peer) override;
  Result<void> connect(Handle handle, const Address& address) override;
  Result<void> shutdown(Handle handle, ShutdownHow how) override;
  Result<Address> local_address(Handle handle) override;
  Result<Address> peer_address(Handle handle) override;

  // data.cc
  Result<std::size_t> send(Handle handle, const SendRequest& request) override;
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;
  Result<std::size_t> send_bytes(Handle handle, const void* data, std::size_t size, MessageFlags flags,
                                 Operation operation) override;
  Result<std::size_t> receive_bytes(Handle handle, void* data, std::size_t size, MessageFlags flags,
                                    Operation operation) override;

  // send_file.cc
  Result<std::size_t> send_file(Handle handle, std::int64_t file, std::int64_t offset, std::size_t count) override;

  // options.cc
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(Handle handle, OptionLevel level, Option option, std::span<const std::byte> value) override;

  // waiting.cc
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override;

 private:
  PosixResolver resolver_;
};

// CLOCK_MONOTONIC in nanoseconds.
std::int64_t monotonic_now() noexcept;

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_BACKEND_H_
