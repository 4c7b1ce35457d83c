// An AF_UNIX stream socket.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_STREAM_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_STREAM_H_

#include <cstdint>
#include <deque>

#include "backends/memory/ancillary.h"
#include "backends/memory/byte_queue.h"
#include "backends/memory/unix_connection.h"

namespace everysock::memory {

class UnixStream final : public UnixConnection {
 public:
  explicit UnixStream(Machine& machine) : UnixConnection(machine, SocketClass::unix_stream, sock_stream) {}

  bool is_byte_stream() const noexcept override { return true; }
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  bool has_received(std::size_t wanted) const override;

 protected:
  std::shared_ptr<UnixConnection> new_end() const override { return std::make_shared<UnixStream>(machine()); }
  bool has_input() const override { return !input_.empty(); }
  void discard_input() override;
  std::size_t outstanding() const override;

 private:
  UnixStream* peer() const noexcept { return static_cast<UnixStream*>(UnixConnection::peer()); }

  // Handles that came with the bytes from `begin` to `end`, counted from the beginning of the stream.
  struct Parcel {
    std::uint64_t begin;
    std::uint64_t end;
    Ancillary ancillary;
  };

  ByteQueue input_;
  std::uint64_t read_ = 0;
  std::deque<Parcel> parcels_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_STREAM_H_
