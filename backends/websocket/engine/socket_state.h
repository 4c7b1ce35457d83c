// What the client knows of one socket: enough to receive, poll and answer names without asking the server.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_STATE_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_STATE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"

#include "backends/websocket/engine/byte_queue.h"
#include "backends/websocket/engine/incoming_control.h"
#include "backends/websocket/engine/watcher.h"
#include "backends/websocket/protocol/connections.h"
#include "backends/websocket/protocol/frames.h"
#include "everysock/backend.h"

namespace everysock::websocket {

// As many as Linux takes in one call (UIO_MAXIOV).
inline constexpr std::size_t most_buffers = 1024;

enum class Phase : std::uint8_t {
  open,        // neither connected nor listening; datagram sockets may have a peer all the same
  connecting,  // a connection attempt is on its way
  connected,
  listening,
  lost,    // the link to the server died
  closed,  // given back
};

struct Packet {
  Address address;
  std::string data;
  bool end_of_record = false;
  std::unique_ptr<IncomingControl> control = {};  // null for most
  std::size_t overhead = datagram_overhead;       // the credit that it cost beyond its bytes
};

// A value of so_linger, so_rcvtimeo or so_sndtimeo as the client uses it.
struct LocalOptions {
  bool linger = false;
  std::int32_t linger_seconds = 0;
  std::int64_t receive_timeout = 0;  // nanoseconds; 0: none
  std::int64_t send_timeout = 0;
  std::size_t receive_low_water = 1;
  bool broadcast = false;
};

struct KnownOption {
  std::uint32_t level = 0;
  std::uint32_t option = 0;
  std::string value;
};

struct SocketState {
  SocketState(AddressFamily family, SocketKind kind, Protocol protocol) noexcept
      : family(family), kind(kind), protocol(protocol) {}

  // ---- identity ----
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  WireHandle wire = 0;
  std::size_t duplicates = 0;  // how many handles of the backend share this socket
  bool blocking = true;

  bool is_stream() const noexcept { return kind == sock_stream; }
  bool has_connections() const noexcept { return websocket::has_connections(family, kind); }
  bool is_unix() const noexcept { return family == af_unix; }

  // ---- requests ----
  Phase phase = Phase::open;
  bool listen_pending = false;
  // Connects that ended while nobody waited: what the next connect() has to say.
  bool connect_succeeded = false;
  bool connect_failed = false;
  std::size_t unanswered = 0;  // requests whose failure nobody waits for
  Address local;
  Address peer;

  // ---- receiving ----
  ByteQueue bytes;  // streams
  std::uint64_t bytes_read = 0;
  std::deque<Parcel> parcels;  // the control messages among them
  std::deque<Packet> packets;  // all others
  bool ended = false;          // the peer has finished
  bool receive_shut = false;
  std::int64_t receive_credit = 0;  // what the server may still send
  std::int64_t consumed = 0;        // what the program has read and the server does not know of

  // ---- sending ----
  std::int64_t send_credit = 0;
  bool send_shut = false;
  bool broken = false;                      // reset: nothing goes either way any more
  std::optional<Error> send_error;          // nothing more can be sent; not reported yet
  bool send_broken = false;                 // the same, also after the report
  std::optional<Error> pending_error;       // reported once, by the next call or so_error
  std::vector<Address> known_destinations;  // the last that the server has sent something to, newest last

  // ---- passing to others (passed_sockets.cc) ----
  // The handle under which it went in a message: others may go on with it when this program has closed it. 0: none.
  WireHandle passed_as = 0;
  Phase phase_before = Phase::open;    // a passed socket that has been closed: what it was
  std::vector<WireHandle> more_wires;  // further handles of the server's for the same socket

  // ---- listening ----
  std::deque<std::shared_ptr<SocketState>> accept_queue;
  int accept_window = 0;           // how many may wait here
  std::int64_t accept_credit = 0;  // how many more the server may push

  LocalOptions options;
  std::vector<KnownOption> known_options;

  absl::InlinedVector<Watcher*, 2> watchers;

  void changed() {
    for (Watcher* watcher : watchers) watcher->wake();
  }
  void unwatch(const Watcher& watcher) {
    watchers.erase(std::remove(watchers.begin(), watchers.end(), &watcher), watchers.end());
  }
  bool readable() const noexcept;
  bool writable() const noexcept;
  Interest readiness() const noexcept {
    return (readable() ? Interest::read : Interest::none) | (writable() ? Interest::write : Interest::none);
  }
  // Takes the pending error, or nothing.
  std::optional<Error> take_error() noexcept {
    const std::optional<Error> error = pending_error;
    pending_error.reset();
    return error;
  }
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_STATE_H_
