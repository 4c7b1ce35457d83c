// A backend that forwards everything to another one: derive from it and override what should differ (tracing, fault
// injection, policy).
#ifndef EVERYSOCK_BACKEND_WRAPPER_H_
#define EVERYSOCK_BACKEND_WRAPPER_H_

#include "everysock/backend.h"

namespace everysock {

// `inner` must outlive the wrapper. Handles are the inner backend's own. Thread-safe as far as the inner backend is.
class BackendWrapper : public Backend {
 public:
  explicit BackendWrapper(Backend& inner) : inner_(inner) {}
  Backend& inner() const noexcept { return inner_; }

  std::string_view name() const override { return inner_.name(); }
  Support supports(Feature feature) const override { return inner_.supports(feature); }
  std::int64_t now() override { return inner_.now(); }
  Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) override {
    return inner_.open(family, kind, protocol);
  }
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) override {
    return inner_.open_pair(family, kind, protocol);
  }
  Result<Handle> adopt(std::int64_t native) override { return inner_.adopt(native); }
  std::int64_t native(Handle handle) const override { return inner_.native(handle); }
  Result<Handle> duplicate(Handle handle) override { return inner_.duplicate(handle); }
  Result<void> close(Handle handle) override { return inner_.close(handle); }
  Result<std::string> share(Handle handle, std::uint32_t process_id) override {
    return inner_.share(handle, process_id);
  }
  Result<SharedHandle> adopt_shared(std::string_view data) override { return inner_.adopt_shared(data); }
  Result<bool> inheritable(Handle handle) override { return inner_.inheritable(handle); }
  Result<void> set_inheritable(Handle handle, bool inheritable) override {
    return inner_.set_inheritable(handle, inheritable);
  }
  Result<void> bind(Handle handle, const Address& address) override { return inner_.bind(handle, address); }
  Result<void> listen(Handle handle, int backlog) override { return inner_.listen(handle, backlog); }
  Result<Handle> accept(Handle handle, Address* peer) override { return inner_.accept(handle, peer); }
  Result<void> connect(Handle handle, const Address& address) override { return inner_.connect(handle, address); }
  Result<void> shutdown(Handle handle, ShutdownHow how) override { return inner_.shutdown(handle, how); }
  Result<Address> local_address(Handle handle) override { return inner_.local_address(handle); }
  Result<Address> peer_address(Handle handle) override { return inner_.peer_address(handle); }
  Result<std::size_t> send(Handle handle, const SendRequest& request) override { return inner_.send(handle, request); }
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override {
    return inner_.receive(handle, request);
  }
  Result<std::size_t> send_file(Handle handle, std::int64_t file, std::int64_t offset, std::size_t count) override {
    return inner_.send_file(handle, file, offset, count);
  }
  Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option, std::span<std::byte> value) override {
    return inner_.get_option(handle, level, option, value);
  }
  Result<void> set_option(Handle handle, OptionLevel level, Option option, std::span<const std::byte> value) override {
    return inner_.set_option(handle, level, option, value);
  }
  Result<std::uint32_t> control(Handle handle, IoControl command, std::span<const std::byte> option) override {
    return inner_.control(handle, command, option);
  }
  Result<void> set_blocking(Handle handle, bool blocking) override { return inner_.set_blocking(handle, blocking); }
  Result<bool> blocking(Handle handle) override { return inner_.blocking(handle); }
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override {
    return inner_.wait(items, deadline);
  }
  Result<std::unique_ptr<Poller>> new_poller() override { return inner_.new_poller(); }
  Resolver& resolver() override { return inner_.resolver(); }
  void thread_starting() override { inner_.thread_starting(); }
  void thread_finished() override { inner_.thread_finished(); }
  void thread_waits_elsewhere(bool waits) override { inner_.thread_waits_elsewhere(waits); }
  void thread_joins(std::uint64_t thread, bool begins) override { inner_.thread_joins(thread, begins); }

 private:
  Backend& inner_;
};

}  // namespace everysock

#endif  // EVERYSOCK_BACKEND_WRAPPER_H_
