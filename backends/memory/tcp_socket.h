// A TCP socket: the states of RFC 9293 with the behaviour of Linux at the edges.
#ifndef EVERYSOCK_BACKENDS_MEMORY_TCP_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_TCP_SOCKET_H_

#include <deque>
#include <memory>
#include <span>

#include "backends/memory/inet_socket.h"
#include "backends/memory/tcp_connection.h"

namespace everysock::memory {

class TcpSocket final : public InetSocket {
 public:
  TcpSocket(Machine& machine, SocketClass socket_class, Protocol protocol);
  ~TcpSocket() override;

  bool is_byte_stream() const noexcept override { return true; }
  bool listening() const noexcept override { return state_ == State::listening; }

  Result<void> listen(int backlog) override;
  Result<std::shared_ptr<KernelSocket>> accept(Address* peer) override;
  Result<void> connect(const Address& address) override;
  bool connecting() const noexcept override { return state_ == State::syn_sent; }
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> peer_address() const override;
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  bool has_received(std::size_t wanted) const override;
  Readiness readiness() const override;
  bool lingering() const noexcept override;
  // TCP_INFO beside what is stored: the state, the segment size and how much has arrived; the rest is 0.
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;

  // ---- for the connection ----

  // How many bytes it takes before the program reads them.
  std::uint64_t receive_capacity() const noexcept;
  // A listener makes the other end of a connection; null when the backlog is full.
  TcpSocket* new_child(std::shared_ptr<TcpConnection> connection, const TcpSocket& client);
  void connect_failed(Errc error);
  // Whether the last step of the handshake waits for data to go along: so TCP_DEFER_ACCEPT and TCP_QUICKACK off do.
  bool delays_handshake() const noexcept { return options_.defer_accept > 0 || !options_.quick_ack; }
  // Whether it can still use what the peer sends; if not the connection is void, for this end, too.
  bool takes_segments(std::size_t size) const noexcept;
  void segment_arrived(bool open, std::size_t size, bool fin);
  void acknowledged(bool fin);
  void reset_arrived();
  void connection_lost(Errc error);

 protected:
  void release() override;
  OptionContext option_context() const override;
  bool engaged() const noexcept override { return state_ != State::closed; }

 private:
  enum class State : std::uint8_t {
    closed,
    listening,
    syn_sent,
    syn_received,
    established,
    fin_wait_1,
    fin_wait_2,
    close_wait,
    closing,
    last_ack,
  };
  // How far connect() has come as the program sees it, which lags behind the state of the connection.
  enum class Progress : std::uint8_t { unconnected, connecting, connected, disconnecting };

  // TCP_ESTABLISHED (1) to TCP_CLOSING (11).
  std::uint8_t linux_state() const noexcept;
  Result<void> start_connecting(const Address& address);
  Result<std::size_t> receive_urgent(ReceiveRequest& request, Scatter& room);
  // Bytes that a receive would take now, and whether an urgent byte at the head is skipped first.
  std::size_t readable() const noexcept;
  std::uint64_t send_capacity() const noexcept;
  std::uint64_t send_room() const noexcept;
  TcpStream* inbound() const noexcept { return connection_ ? &connection_->stream(1 - side_) : nullptr; }
  TcpStream* outbound() const noexcept { return connection_ ? &connection_->stream(side_) : nullptr; }

  void send_fin();
  // TCP_DEFER_ACCEPT: the connection counts when it brings something, or when so much time has passed.
  void defer_accept(std::int32_t seconds);
  void become_established();
  void child_established(TcpSocket& child);
  void stop_listening();
  // Back to the beginning, as connect() to no address does.
  void disconnect();
  // The connection is over; what has arrived can still be read.
  void become_closed();
  void finish(bool time_wait);
  void expire_orphan();

  State state_ = State::closed;
  Progress progress_ = Progress::unconnected;
  bool peer_finished_ = false;
  bool orphan_ = false;
  int side_ = kClient;
  std::shared_ptr<TcpConnection> connection_;

  // A listener's: connections on the way and connections to be accepted.
  int backlog_ = 0;
  std::deque<std::shared_ptr<TcpSocket>> embryos_;
  std::deque<std::shared_ptr<TcpSocket>> queue_;
  std::weak_ptr<KernelSocket> listener_;  // a child's, until it is established
  bool waits_for_data_ = false;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_TCP_SOCKET_H_
