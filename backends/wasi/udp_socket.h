// A UDP socket: a udp-socket of the host's and, once bound, its two streams of datagrams.
#ifndef EVERYSOCK_BACKENDS_WASI_UDP_SOCKET_H_
#define EVERYSOCK_BACKENDS_WASI_UDP_SOCKET_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "backends/wasi/abi.h"
#include "backends/wasi/errors.h"
#include "backends/wasi/socket.h"
#include "backends/wasi/socket_address.h"

namespace everysock::wasi {

class UdpSocket final : public Socket {
 public:
  static Result<std::shared_ptr<UdpSocket>> open(AddressFamily family, SocketKind kind, Protocol protocol);
  UdpSocket(AddressFamily family, SocketKind kind, Protocol protocol, HostUdpSocket socket)
      : Socket(family, kind, protocol), socket_(std::move(socket)) {}

  Result<void> bind(const Address& address) override;
  Result<void> listen(int) override { return fail(Operation::listen, Errc::eopnotsupp); }
  Result<std::shared_ptr<Socket>> accept(Address*) override { return fail(Operation::accept, Errc::eopnotsupp); }
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
  Errc take_error() override { return std::exchange(error_, Errc::ok); }

 private:
  struct Datagram {
    std::string data;
    SocketAddress sender;
  };
  enum class Setting : std::uint8_t { hop_limit, receive_buffer, send_buffer };

  bool v6() const noexcept { return family() == af_inet6; }
  Result<void> bind_host(Operation operation, const SocketAddress& address);
  Result<void> bind_automatically(Operation operation);
  // Streams of datagrams to and from anybody, or one peer.
  Result<void> stream(Operation operation, const std::optional<SocketAddress>& peer);
  void close_streams();
  void pull();
  std::optional<HostError> set(Setting setting, std::uint64_t value);
  Result<std::uint64_t> get(Setting setting);

  // In the order in which TcpSocket has them, and for its reason.
  HostUdpSocket socket_;
  IncomingDatagrams incoming_;
  OutgoingDatagrams outgoing_;
  Pollable incoming_changes_;
  Pollable outgoing_changes_;

  bool bound_ = false;
  bool keep_alive_ = false;
  std::optional<SocketAddress> peer_;
  std::deque<Datagram> received_;
  bool receiving_ended_ = false;
  bool sending_ended_ = false;
  Errc error_ = Errc::ok;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_UDP_SOCKET_H_
