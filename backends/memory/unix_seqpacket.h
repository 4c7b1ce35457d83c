// An AF_UNIX sequenced-packet socket: a connection that keeps message boundaries.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_SEQPACKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_SEQPACKET_H_

#include <memory>

#include "backends/memory/unix_connection.h"
#include "backends/memory/unix_mailbox.h"

namespace everysock::memory {

class UnixSeqpacket final : public UnixConnection {
 public:
  explicit UnixSeqpacket(Machine& machine) : UnixConnection(machine, SocketClass::unix_seqpacket, sock_seqpacket) {}

  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;

 protected:
  std::shared_ptr<UnixConnection> new_end() const override { return std::make_shared<UnixSeqpacket>(machine()); }
  bool has_input() const override { return !input_.empty(); }
  bool loses_input() const override { return input_.holds_data(); }
  void discard_input() override { input_.clear(); }
  std::size_t outstanding() const override { return charged(); }

 private:
  UnixMailbox input_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_SEQPACKET_H_
