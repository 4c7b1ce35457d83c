// A TCP socket: a tcp-socket of the host's and, once connected, its two streams.
#ifndef EVERYSOCK_BACKENDS_WASI_TCP_SOCKET_H_
#define EVERYSOCK_BACKENDS_WASI_TCP_SOCKET_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "backends/wasi/abi.h"
#include "backends/wasi/errors.h"
#include "backends/wasi/socket.h"
#include "backends/wasi/socket_address.h"

namespace everysock::wasi {

class TcpSocket final : public Socket {
 public:
  static Result<std::shared_ptr<TcpSocket>> open(AddressFamily family, SocketKind kind, Protocol protocol);
  TcpSocket(AddressFamily family, SocketKind kind, Protocol protocol, HostTcpSocket socket)
      : Socket(family, kind, protocol), socket_(std::move(socket)) {}

  ~TcpSocket() override;

  Result<void> bind(const Address& address) override;
  Result<void> listen(int backlog) override;
  Result<std::shared_ptr<Socket>> accept(Address* peer) override;
  Result<void> connect(const Address& address) override;
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> local_address() override;
  Result<Address> peer_address() override;
  Result<std::size_t> send(const SendRequest& request) override;
  Result<std::size_t> receive(ReceiveRequest& request) override;
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Interest ready(Interest interest) override;
  void add_pollables(Interest interest, std::vector<std::int32_t>& pollables) override;
  Errc take_error() override;
  bool is_drained() override;

 private:
  enum class State : std::uint8_t { unconnected, connecting, connected, listening };
  // What the host has to set: tcp_options.cc.
  enum class Setting : std::uint8_t { keep_alive, idle, interval, count, hop_limit, receive_buffer, send_buffer };

  bool v6() const noexcept { return family() == af_inet6; }

  // tcp_connecting.cc
  Result<void> bind_host(Operation operation, const SocketAddress& address);
  Result<void> start_connecting(const SocketAddress& target);
  void look_at_connecting();
  void become_connected(InputStream input, OutputStream output);
  Result<void> renew(Operation operation);
  void look_for_peers();
  void stop_listening();

  // tcp_data.cc
  std::string_view unread() const noexcept { return std::string_view(received_).substr(taken_); }
  void pull(std::size_t wanted);
  std::size_t room();
  void finish_sending();

  // tcp_options.cc
  struct Limits {
    Setting setting;
    std::int32_t least;
    std::int32_t most;
  };
  std::optional<Limits> limits_of(OptionLevel level, Option option) const;
  Result<std::uint64_t> get(Setting setting);
  std::optional<HostError> set(Setting setting, std::uint64_t value);
  Result<void> keep(Setting setting, std::uint64_t value);

  // Streams go before the socket that they belong to, and pollables before what they are of: members last first.
  HostTcpSocket socket_;
  InputStream input_;
  OutputStream output_;
  Pollable socket_changes_;
  Pollable input_changes_;
  Pollable output_changes_;

  State state_ = State::unconnected;
  std::optional<SocketAddress> bound_;  // what bind() was given
  std::optional<SocketAddress> local_;  // both once connected: the host forgets them with the connection
  std::optional<SocketAddress> peer_;
  std::map<Setting, std::uint64_t> settings_;  // what the program has set
  bool reuse_address_ = false;
  std::deque<std::shared_ptr<TcpSocket>> accepted_;

  std::string received_;
  std::size_t taken_ = 0;  // how much of it the program has
  bool end_of_input_ = false;
  bool receiving_ended_ = false;  // by shutdown()
  bool sending_ended_ = false;
  bool lost_ = false;  // the connection has ended by an error
  Errc error_ = Errc::ok;
  std::size_t capacity_ = 0;  // what the output takes when all has gone
  bool flushing_ = false;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_TCP_SOCKET_H_
