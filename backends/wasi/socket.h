// One socket of the backend's. Every operation only tries: where it would have to wait it gives EAGAIN (connect:
// EINPROGRESS), and the backend waits (waiting.h) and tries again.
#ifndef EVERYSOCK_BACKENDS_WASI_SOCKET_H_
#define EVERYSOCK_BACKENDS_WASI_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "everysock/backend.h"

namespace everysock::wasi {

class Socket {
 public:
  Socket(AddressFamily family, SocketKind kind, Protocol protocol)
      : family_(family), kind_(kind), protocol_(protocol) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  virtual ~Socket() = default;

  AddressFamily family() const noexcept { return family_; }
  SocketKind kind() const noexcept { return kind_; }
  Protocol protocol() const noexcept { return protocol_; }
  // A number that no other socket of the host's has (SO_COOKIE).
  std::uint64_t cookie() const noexcept { return cookie_; }
  bool blocking = true;
  // SO_RCVTIMEO and SO_SNDTIMEO of blocking calls, in microseconds; 0: none.
  std::int64_t receive_timeout = 0;
  std::int64_t send_timeout = 0;

  virtual Result<void> bind(const Address& address) = 0;
  virtual Result<void> listen(int backlog) = 0;
  virtual Result<std::shared_ptr<Socket>> accept(Address* peer) = 0;
  virtual Result<void> connect(const Address& address) = 0;
  virtual Result<void> shutdown(ShutdownHow how) = 0;
  virtual Result<Address> local_address() = 0;
  virtual Result<Address> peer_address() = 0;
  virtual Result<std::size_t> send(const SendRequest& request) = 0;
  virtual Result<std::size_t> receive(ReceiveRequest& request) = 0;
  virtual Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) = 0;
  virtual Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) = 0;

  // What of `interest` would not wait now.
  virtual Interest ready(Interest interest) = 0;
  // The host's pollables that may become ready when `interest` does. None: nothing that the host does can change it.
  virtual void add_pollables(Interest interest, std::vector<std::int32_t>& pollables) = 0;
  // The outcome of a connection attempt, or what went wrong since; once.
  virtual Errc take_error() { return Errc::ok; }
  // Whether the host has taken over all that was sent, so that nothing is lost when the socket is dropped.
  virtual bool is_drained() { return true; }

 private:
  const AddressFamily family_;
  const SocketKind kind_;
  const Protocol protocol_;
  const std::uint64_t cookie_ = ++last_cookie_;
  static inline std::uint64_t last_cookie_ = std::uint64_t{1} << 32;  // apart from the few of socket pairs
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_SOCKET_H_
