// The backend of WASI preview 1, which makes no sockets: it reads, writes, polls and shuts down those that a program
// inherits (sock_shutdown, fd_read, fd_write, poll_oneoff).
#ifndef EVERYSOCK_BACKENDS_WASI_PREVIEW1_H_
#define EVERYSOCK_BACKENDS_WASI_PREVIEW1_H_

#include <map>
#include <memory>
#include <utility>

#include "everysock/backend.h"

namespace everysock::wasi {

class Preview1Backend final : public Backend {
 public:
  explicit Preview1Backend(std::unique_ptr<Backend> local) : local_(std::move(local)) {}

  std::string_view name() const override { return "wasi-preview1"; }
  Support supports(Feature feature) const override;
  std::int64_t now() override;
  Resolver& resolver() override { return local_->resolver(); }

  Result<Handle> adopt(std::int64_t native) override;
  std::int64_t native(Handle handle) const override { return static_cast<std::int64_t>(handle); }
  Result<void> close(Handle handle) override;
  Result<void> shutdown(Handle handle, ShutdownHow how) override;
  Result<std::size_t> send(Handle handle, const SendRequest& request) override;
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_blocking(Handle handle, bool blocking) override;
  Result<bool> blocking(Handle handle) override;
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override;

  Result<Handle> open(AddressFamily, SocketKind, Protocol) override { return refused(Operation::socket); }
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily, SocketKind, Protocol) override {
    return refused(Operation::socketpair);
  }
  Result<Handle> duplicate(Handle) override { return refused(Operation::dup); }
  Result<bool> inheritable(Handle) override { return false; }
  Result<void> set_inheritable(Handle, bool) override { return refused(Operation::set_inheritable); }
  Result<void> bind(Handle, const Address&) override { return refused(Operation::bind); }
  Result<void> listen(Handle, int) override { return refused(Operation::listen); }
  Result<Handle> accept(Handle, Address*) override { return refused(Operation::accept); }
  Result<void> connect(Handle, const Address&) override { return refused(Operation::connect); }
  Result<Address> local_address(Handle) override { return refused(Operation::getsockname); }
  Result<Address> peer_address(Handle) override { return refused(Operation::getpeername); }
  Result<void> set_option(Handle, OptionLevel, Option, std::span<const std::byte>) override {
    return fail(Operation::setsockopt, Errc::enoprotoopt);
  }

 private:
  static Unexpected refused(Operation operation) {
    const bool makes = operation == Operation::socket || operation == Operation::socketpair;
    return fail(operation, makes ? Errc::eafnosupport : Errc::eopnotsupp);
  }

  const std::unique_ptr<Backend> local_;
};

// By Backend::wait() alone. A handle that is closed is noticed by the next wait.
class Preview1Poller final : public Poller {
 public:
  explicit Preview1Poller(Preview1Backend& backend) : backend_(backend) {}

  Result<void> add(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> modify(Handle handle, Interest interest, std::uint64_t token) override;
  Result<void> remove(Handle handle) override;
  Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) override;
  void wake() override { woken_ = true; }
  Result<void> set_callback(std::function<void()>) override { return fail(Operation::select, Errc::eopnotsupp); }

 private:
  Preview1Backend& backend_;
  std::map<Handle, std::pair<Interest, std::uint64_t>> registry_;
  bool woken_ = false;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_PREVIEW1_H_
