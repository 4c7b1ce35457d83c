// One end of a socket pair: a socket of the backend that was given for what needs no host.
#ifndef EVERYSOCK_BACKENDS_WASI_LOCAL_SOCKET_H_
#define EVERYSOCK_BACKENDS_WASI_LOCAL_SOCKET_H_

#include "backends/wasi/passing.h"

namespace everysock::wasi {

class LocalSocket final : public Socket {
 public:
  LocalSocket(Backend& local, Passing& passing, Handle handle, AddressFamily family, SocketKind kind, Protocol protocol)
      : Socket(family, kind, protocol), local_(local), passing_(passing), handle_(handle) {}
  ~LocalSocket() override { passing_.close(handle_); }

  Result<void> bind(const Address&) override { return fail(Operation::bind, Errc::eopnotsupp); }
  Result<void> listen(int) override { return fail(Operation::listen, Errc::eopnotsupp); }
  Result<std::shared_ptr<Socket>> accept(Address*) override { return fail(Operation::accept, Errc::eopnotsupp); }
  Result<void> connect(const Address&) override { return fail(Operation::connect, Errc::eopnotsupp); }
  Result<void> shutdown(ShutdownHow how) override { return local_.shutdown(handle_, how); }
  Result<Address> local_address() override { return local_.local_address(handle_); }
  Result<Address> peer_address() override { return local_.peer_address(handle_); }
  Result<std::size_t> send(const SendRequest& request) override { return passing_.send(handle_, request); }
  Result<std::size_t> receive(ReceiveRequest& request) override { return passing_.receive(handle_, request); }
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Interest ready(Interest interest) override;
  // Only this program could make it ready, and it waits.
  void add_pollables(Interest, std::vector<std::int32_t>&) override {}

 private:
  Backend& local_;
  Passing& passing_;
  const Handle handle_;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_LOCAL_SOCKET_H_
