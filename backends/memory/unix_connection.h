// The connected kinds of AF_UNIX sockets, stream and seqpacket: listening, connecting and hanging up. How data travels
// differs: unix_stream.h, unix_seqpacket.h.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_CONNECTION_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_CONNECTION_H_

#include <deque>
#include <memory>

#include "backends/memory/unix_socket.h"

namespace everysock::memory {

class UnixConnection : public UnixSocket {
 public:
  using UnixSocket::UnixSocket;

  Result<void> listen(int backlog) override;
  Result<std::shared_ptr<KernelSocket>> accept(Address* peer) override;
  Result<void> connect(const Address& address) override;
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> peer_address() const override;
  Readiness readiness() const override;
  void discard_messages() override { discard_input(); }

  // Makes the two the ends of one connection.
  static void join(UnixConnection& one, UnixConnection& other);

 protected:
  enum class State : std::uint8_t { closed, listening, established };

  void release() override;
  OptionContext option_context() const override;
  Credentials peer_credentials() const override { return peer_credentials_; }

  // A socket of the same kind, for the other end of a connection.
  virtual std::shared_ptr<UnixConnection> new_end() const = 0;
  virtual bool has_input() const = 0;
  // Whether a close now is a reset for the peer. Linux since 6.11 overlooks one empty packet.
  virtual bool loses_input() const { return has_input(); }
  virtual void discard_input() = 0;
  // Bytes of the send buffer that are taken up.
  virtual std::size_t outstanding() const = 0;

  State state() const noexcept { return state_; }
  UnixConnection* peer() const noexcept { return peer_.get(); }
  // Whether the peer takes nothing more.
  bool peer_is_deaf() const noexcept { return peer_->released() || peer_->shutdown_.receive; }

 private:
  State state_ = State::closed;
  std::shared_ptr<UnixConnection> peer_;  // until this end is released; the cycle ends with either
  Credentials peer_credentials_;
  int backlog_ = 0;
  std::deque<std::shared_ptr<UnixConnection>> queue_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_CONNECTION_H_
