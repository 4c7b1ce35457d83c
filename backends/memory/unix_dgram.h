// An AF_UNIX datagram socket: reliable, and the sender waits where the receiver is full.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_DGRAM_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_DGRAM_H_

#include <memory>
#include <vector>

#include "backends/memory/unix_mailbox.h"
#include "backends/memory/unix_socket.h"

namespace everysock::memory {

class UnixDgram final : public UnixSocket {
 public:
  explicit UnixDgram(Machine& machine) : UnixSocket(machine, SocketClass::unix_dgram, sock_dgram) {}
  ~UnixDgram() override;

  Result<void> connect(const Address& address) override;
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> peer_address() const override;
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  Readiness readiness() const override;
  void discard_messages() override { input_.clear(); }

  static void join(UnixDgram& one, UnixDgram& other);

 protected:
  void release() override;
  Credentials peer_credentials() const override { return paired_ ? machine().credentials() : Credentials(); }

 private:
  void set_peer(std::shared_ptr<UnixDgram> peer);
  // More messages than this wait for nobody but a sender that the receiver is itself connected to.
  bool full_for(const UnixDgram& sender) const;

  std::shared_ptr<UnixDgram> peer_;  // also when it is closed: the next send finds out
  std::vector<UnixDgram*> clients_;  // who are connected to this one
  bool paired_ = false;
  UnixMailbox input_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_DGRAM_H_
