// A TCP connection: two streams of bytes between two sockets, over a link that delays, loses and stalls.
#ifndef EVERYSOCK_BACKENDS_MEMORY_TCP_CONNECTION_H_
#define EVERYSOCK_BACKENDS_MEMORY_TCP_CONNECTION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "backends/memory/byte_queue.h"
#include "backends/memory/ip.h"

namespace everysock::memory {

class Machine;
class TcpSocket;

// The two ends by number: the one that connected and the one that was connected to.
inline constexpr int kClient = 0;
inline constexpr int kServer = 1;

// One direction. Positions count bytes from the beginning of the stream:
//   read <= arrived <= sent <= written, and arrived may be ahead of what the sender knows (acknowledged, window).
// What has been written and not yet read lies in one ring, wherever between the two ends it is.
struct TcpStream {
  ByteQueue bytes;  // from `read` to `written`
  std::uint64_t read = 0;
  std::uint64_t arrived = 0;
  std::uint64_t sent = 0;
  std::uint64_t written = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t window = 0;     // how far the sender knows it may send
  std::uint64_t announced = 0;  // the window that the receiver has last told
  // The handshake travels at the stream's head (SYN-ACK, or the ACK of it), the end of the stream at its tail.
  bool open_allowed = false, open_sent = false, opened = false;
  bool open_waits = false;  // for data to go along with
  bool fin_written = false, fin_sent = false, fin_arrived = false, fin_acknowledged = false;
  bool aborted = false;  // nothing more is sent
  // The latest urgent byte.
  enum class Urgent : std::uint8_t { none, unread, taken };
  Urgent urgent = Urgent::none;
  std::uint64_t urgent_position = 0;

  // On the way.
  std::int64_t last_arrival = 0;
  int in_flight = 0;
  std::uint32_t epoch = 0;  // changes when what is in flight has become void
  int failures = 0;         // retransmissions in a row
  bool stalled = false;     // until the next retransmission

  std::uint64_t available() const noexcept { return arrived - read; }
};

// Lives as long as one of the ends or something in flight needs it.
class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
 public:
  // From `client`, which is at `from`, to the endpoint `to` on `target` (null: there is no such machine).
  TcpConnection(TcpSocket& client, const Endpoint& from, Machine* target, const Endpoint& to);

  const TcpStream& stream(int side) const noexcept { return streams_[static_cast<std::size_t>(side)]; }
  TcpStream& stream(int side) noexcept { return streams_[static_cast<std::size_t>(side)]; }
  const Endpoint& endpoint(int side) const noexcept { return endpoints_[side]; }

  // Sends the client's SYN; the client hears of the outcome.
  void open() { send_syn(0); }
  // Appends to the stream that `side` writes.
  void write(int side, Gather& data, std::size_t size, bool urgent);
  void write_fin(int side);
  // `side` has read: drops the bytes and opens the window.
  void consume(int side, std::size_t size);
  // `side` lets the other one know that the connection is void, and leaves it.
  void reset(int side);
  // `side` is gone: what arrives for it from now on is answered by a reset.
  void leave(int side) noexcept { ends_[side] = nullptr; }

 private:
  struct Segment {
    std::uint32_t epoch = 0;
    std::size_t size = 0;
    bool open = false;
    bool fin = false;
    bool lost = false;
  };
  struct Acknowledgement {
    std::uint64_t arrived = 0;
    std::uint64_t window = 0;
    bool fin = false;
  };

  Machine& machine(int side) const noexcept { return *machines_[side]; }
  std::int64_t now() const noexcept;
  template <typename Action>
  void later(std::int64_t moment, Action action);

  void send_syn(int attempt);
  void syn_arrives(int attempt);
  void retry_syn(int attempt);
  void refuse();
  void transmit(int side);
  void arrive(int side, const Segment& segment);
  void finish_handshake();
  void stall(int side);
  void acknowledge(int side);
  void acknowledgement_arrives(int side, const Acknowledgement& acknowledgement, int attempt);
  void reset_arrives(int side);

  std::array<TcpStream, 2> streams_;
  TcpSocket* ends_[2];
  Machine* machines_[2];
  Endpoint endpoints_[2];
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_TCP_CONNECTION_H_
