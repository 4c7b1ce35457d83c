// Messages with boundaries, waiting to be received.
#ifndef EVERYSOCK_BACKENDS_MEMORY_DATAGRAM_QUEUE_H_
#define EVERYSOCK_BACKENDS_MEMORY_DATAGRAM_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "backends/memory/ancillary.h"
#include "backends/memory/byte_queue.h"
#include "backends/memory/ip_control.h"
#include "everysock/address.h"

namespace everysock::memory {

class UnixSocket;

// What one queued message of `size` bytes takes of a buffer limit: Linux counts whole allocations, and so that a given
// limit holds about as many messages as there, so does this.
constexpr std::size_t charge_of(std::size_t size) noexcept {
  constexpr std::size_t kHeader = 256;
  constexpr std::size_t kRoom = 384;
  constexpr std::size_t kSmall = 704;
  if (size + kRoom <= kSmall) return kHeader + kSmall;
  std::size_t allocation = 1024;
  while (allocation < size + kRoom && allocation < 8192) allocation *= 2;
  if (allocation < size + kRoom) allocation = (size + kRoom + 4095) / 4096 * 4096;
  return kHeader + allocation;
}

// A ring of envelopes beside a ring of bytes: once both have grown, queueing allocates nothing.
class DatagramQueue {
 public:
  struct Envelope {
    std::size_t size = 0;
    std::size_t charge = 0;
    std::int64_t arrival = 0;  // nanoseconds of the network's clock
    // UDP only:
    Address sender;
    IpFacts ip;
    // AF_UNIX only:
    // Whose send buffer the message takes up, and whose name it comes from: that of the moment when it is received.
    std::shared_ptr<UnixSocket> charged_to;
    Credentials credentials;
    std::unique_ptr<Ancillary> ancillary;  // null for most
  };

  std::size_t count() const noexcept { return count_; }
  bool empty() const noexcept { return count_ == 0; }
  std::size_t charged() const noexcept { return charged_; }

  // Appends everything left in `data` as one message.
  Envelope& push(Gather& data) {
    if (count_ == ring_.size()) grow();
    Envelope& envelope = ring_[(head_ + count_++) % ring_.size()];
    envelope.size = data.left();
    envelope.charge = charge_of(envelope.size);
    charged_ += envelope.charge;
    bytes_.push(data, envelope.size);
    return envelope;
  }
  const Envelope& front() const noexcept { return ring_[head_]; }
  // Copies the first message as far as there is room and returns how much that was.
  std::size_t copy_front(Scatter& to) const noexcept { return bytes_.copy(to, 0, front().size); }
  void pop() noexcept {
    Envelope& envelope = ring_[head_];
    bytes_.drop(envelope.size);
    charged_ -= envelope.charge;
    envelope.ancillary.reset();
    envelope.charged_to.reset();
    head_ = (head_ + 1) % ring_.size();
    --count_;
  }

 private:
  void grow() {
    std::vector<Envelope> ring(ring_.empty() ? 4 : ring_.size() * 2);
    for (std::size_t i = 0; i < count_; ++i) ring[i] = std::move(ring_[(head_ + i) % ring_.size()]);
    ring_ = std::move(ring);
    head_ = 0;
  }

  std::vector<Envelope> ring_;
  ByteQueue bytes_;
  std::size_t head_ = 0;
  std::size_t count_ = 0;
  std::size_t charged_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_DATAGRAM_QUEUE_H_
