#include "backends/memory/tcp_connection.h"

#include <algorithm>
#include <utility>

#include "backends/memory/machine.h"
#include "backends/memory/tcp_socket.h"

namespace everysock::memory {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kFirstRetransmission = kSecond / 5;
constexpr std::int64_t kLongestWait = 120 * kSecond;
constexpr std::int64_t kLongestDelayOfAck = kSecond / 5;  // TCP_DELACK_MAX
constexpr int kRetransmissions = 15;                      // net.ipv4.tcp_retries2
constexpr std::int64_t kNoNeighbour = 3 * kSecond;        // three unanswered questions who has the address
// What travels as one piece over a link, and within a machine.
constexpr std::uint64_t kPiece = 16384;
constexpr std::uint64_t kLocalPiece = 1 << 20;

std::int64_t backoff(std::int64_t first, int attempt) {
  return attempt > 20 ? kLongestWait : std::min(first << attempt, kLongestWait);
}

}  // namespace

TcpConnection::TcpConnection(TcpSocket& client, const Endpoint& from, Machine* target, const Endpoint& to)
    : ends_{&client, nullptr}, machines_{&client.machine(), target}, endpoints_{from, to} {}

std::int64_t TcpConnection::now() const noexcept { return machines_[kClient]->network().now(); }

template <typename Action>
void TcpConnection::later(std::int64_t moment, Action action) {
  machines_[kClient]->network().calendar().schedule(
      moment, [self = shared_from_this(), action = std::move(action)] { action(*self); });
}

// ---- opening ----

void TcpConnection::send_syn(int attempt) {
  if (machines_[kServer] == nullptr) {
    later(now() + kNoNeighbour, [](TcpConnection& self) {
      if (self.ends_[kClient] != nullptr) self.ends_[kClient]->connect_failed(Errc::ehostunreach);
    });
    return;
  }
  Links& links = machine(kClient).network().links();
  if (links.lost(machine(kClient), machine(kServer)) || links.lost(machine(kServer), machine(kClient))) {
    retry_syn(attempt);
    return;
  }
  const std::int64_t arrival = links.arrival(machine(kClient), machine(kServer), 60, now());
  streams_[kClient].last_arrival = arrival;
  if (arrival <= now()) {
    syn_arrives(attempt);
  } else {
    later(arrival, [attempt](TcpConnection& self) { self.syn_arrives(attempt); });
  }
}

void TcpConnection::syn_arrives(int attempt) {
  if (ends_[kClient] == nullptr) return;  // given up meanwhile
  Links& links = machine(kClient).network().links();
  if (links.cut(machine(kClient), machine(kServer))) return retry_syn(attempt);
  auto* listener =
      static_cast<TcpSocket*>(machine(kServer).tcp_ports().find_listener(endpoints_[kServer], endpoints_[kClient]));
  if (listener == nullptr) return refuse();
  TcpSocket* child = listener->new_child(shared_from_this(), *ends_[kClient]);
  if (child == nullptr) return retry_syn(attempt);  // the backlog is full
  ends_[kServer] = child;
  streams_[kClient].window = streams_[kClient].announced = child->receive_capacity();
  streams_[kServer].window = streams_[kServer].announced = ends_[kClient]->receive_capacity();
  streams_[kServer].open_allowed = true;
  transmit(kServer);
}

void TcpConnection::retry_syn(int attempt) {
  if (ends_[kClient] == nullptr) return;
  const std::int64_t delay = backoff(kSecond, attempt);
  if (attempt >= ends_[kClient]->options().syn_count) {
    later(now() + delay, [](TcpConnection& self) {
      if (self.ends_[kClient] != nullptr) self.ends_[kClient]->connect_failed(Errc::etimedout);
    });
    return;
  }
  later(now() + delay, [attempt](TcpConnection& self) {
    if (self.ends_[kClient] != nullptr) self.send_syn(attempt + 1);
  });
}

void TcpConnection::refuse() {
  const std::int64_t arrival =
      machine(kClient).network().links().arrival(machine(kServer), machine(kClient), 60, now());
  if (arrival <= now()) return reset_arrives(kClient);
  later(arrival, [](TcpConnection& self) { self.reset_arrives(kClient); });
}

// ---- data ----

void TcpConnection::write(int side, Gather& data, std::size_t size, bool urgent) {
  TcpStream& s = stream(side);
  s.bytes.push(data, size);
  s.written += size;
  if (urgent && size > 0) {
    s.urgent = TcpStream::Urgent::unread;
    s.urgent_position = s.written - 1;
  }
  transmit(side);
}

void TcpConnection::write_fin(int side) {
  stream(side).fin_written = true;
  transmit(side);
}

void TcpConnection::transmit(int side) {
  TcpStream& s = stream(side);
  Links& links = machine(side).network().links();
  const std::uint64_t largest = &machine(side) == &machine(1 - side) ? kLocalPiece : kPiece;
  for (;;) {
    if (!s.open_allowed || s.stalled || s.aborted) return;
    Segment segment;
    const std::uint64_t limit = std::min(s.written, s.window);
    segment.size = limit > s.sent ? static_cast<std::size_t>(std::min(limit - s.sent, largest)) : 0;
    segment.open = !s.open_sent;
    segment.fin = s.fin_written && !s.fin_sent && s.sent + segment.size == s.written;
    if (segment.size == 0 && !segment.fin && (!segment.open || s.open_waits)) return;
    segment.epoch = s.epoch;
    segment.lost = links.lost(machine(side), machine(1 - side));
    s.sent += segment.size;
    s.open_sent = true;
    if (segment.fin) s.fin_sent = true;
    // Jitter must not let a piece overtake the one before.
    s.last_arrival = std::max(s.last_arrival, links.arrival(machine(side), machine(1 - side), segment.size, now()));
    if (s.in_flight++ == 0 && s.last_arrival <= now()) {
      arrive(side, segment);
    } else {
      later(s.last_arrival, [side, segment](TcpConnection& self) { self.arrive(side, segment); });
    }
  }
}

void TcpConnection::arrive(int side, const Segment& segment) {
  TcpStream& s = stream(side);
  --s.in_flight;
  if (segment.epoch != s.epoch) return;
  if (segment.lost || machine(side).network().links().cut(machine(side), machine(1 - side))) return stall(side);
  s.failures = 0;
  TcpSocket* receiver = ends_[1 - side];
  if (receiver == nullptr || !receiver->takes_segments(segment.size)) {
    reset(1 - side);
    if (receiver != nullptr) receiver->reset_arrived();
    return;
  }
  s.arrived += segment.size;
  if (segment.open) s.opened = true;
  if (segment.fin) s.fin_arrived = true;
  if (segment.open && side == kServer) {
    streams_[kClient].open_allowed = true;
    streams_[kClient].open_waits = receiver->delays_handshake();
  }
  receiver->segment_arrived(segment.open, segment.size, segment.fin);
  if (segment.size > 0 || segment.fin) acknowledge(side);
  if (segment.open && side == kServer) finish_handshake();
}

// The ACK of the SYN-ACK, at once or with the first data.
void TcpConnection::finish_handshake() {
  if (stream(kClient).open_waits) {
    later(now() + kLongestDelayOfAck, [](TcpConnection& self) {
      self.stream(kClient).open_waits = false;
      self.transmit(kClient);
    });
  }
  transmit(kClient);
}

void TcpConnection::stall(int side) {
  TcpStream& s = stream(side);
  TcpSocket* sender = ends_[side];
  if (sender == nullptr) return;
  ++s.epoch;
  s.sent = s.arrived;
  s.open_sent = s.opened;
  s.fin_sent = s.fin_arrived;
  s.stalled = true;
  const int attempt = s.failures++;
  if (attempt >= kRetransmissions) return sender->connection_lost(Errc::etimedout);
  std::int64_t delay = backoff(kFirstRetransmission, attempt);
  delay += machine(side).network().links().round_trip(machine(side), machine(1 - side));
  later(now() + delay, [side, epoch = s.epoch](TcpConnection& self) {
    TcpStream& stalled = self.stream(side);
    if (stalled.epoch != epoch) return;
    stalled.stalled = false;
    self.transmit(side);
  });
}

void TcpConnection::acknowledge(int side) {
  TcpStream& s = stream(side);
  TcpSocket* receiver = ends_[1 - side];
  if (receiver != nullptr) s.announced = std::max(s.announced, s.read + receiver->receive_capacity());
  const Acknowledgement acknowledgement{s.arrived, s.announced, s.fin_arrived};
  const std::int64_t arrival = machine(side).network().links().arrival(machine(1 - side), machine(side), 0, now());
  if (arrival <= now()) return acknowledgement_arrives(side, acknowledgement, 0);
  later(arrival,
        [side, acknowledgement](TcpConnection& self) { self.acknowledgement_arrives(side, acknowledgement, 0); });
}

void TcpConnection::acknowledgement_arrives(int side, const Acknowledgement& acknowledgement, int attempt) {
  TcpSocket* sender = ends_[side];
  if (sender == nullptr) return;
  TcpStream& s = stream(side);
  if (machine(side).network().links().cut(machine(1 - side), machine(side))) {
    // Told again when the sender asks again, as it would by retransmitting.
    if (attempt >= kRetransmissions) return sender->connection_lost(Errc::etimedout);
    later(now() + backoff(kFirstRetransmission, attempt),
          [=](TcpConnection& self) { self.acknowledgement_arrives(side, acknowledgement, attempt + 1); });
    return;
  }
  s.acknowledged = std::max(s.acknowledged, acknowledgement.arrived);
  s.window = std::max(s.window, acknowledgement.window);
  const bool finished = acknowledgement.fin && !s.fin_acknowledged;
  if (finished) s.fin_acknowledged = true;
  sender->acknowledged(finished);
  transmit(side);
}

void TcpConnection::consume(int side, std::size_t size) {
  TcpStream& s = stream(1 - side);
  s.bytes.drop(size);
  s.read += size;
  const TcpSocket* receiver = ends_[side];
  if (receiver == nullptr) return;
  const std::uint64_t capacity = receiver->receive_capacity();
  const std::uint64_t edge = s.read + capacity;
  // Small steps are not worth telling, unless the sender waits for them.
  if (edge > s.announced && (edge - s.announced >= capacity / 2 || s.written > s.sent)) acknowledge(1 - side);
}

// ---- the end ----

void TcpConnection::reset(int side) {
  ends_[side] = nullptr;
  TcpStream& s = stream(side);
  s.aborted = true;
  if (machines_[1 - side] == nullptr) return;
  Links& links = machine(side).network().links();
  s.last_arrival = std::max(s.last_arrival, links.arrival(machine(side), machine(1 - side), 60, now()));
  if (s.in_flight == 0 && s.last_arrival <= now()) return reset_arrives(1 - side);
  later(s.last_arrival, [side](TcpConnection& self) { self.reset_arrives(1 - side); });
}

void TcpConnection::reset_arrives(int side) {
  TcpSocket* socket = ends_[side];
  if (socket == nullptr || machine(side).network().links().cut(machine(1 - side), machine(side))) return;
  stream(side).aborted = true;
  socket->reset_arrived();
}

}  // namespace everysock::memory
