// The CAN buses of one machine, and who listens on them: Linux, net/can/af_can.c and drivers/net/can/vcan.c.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BUS_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BUS_H_

#include <cstdint>
#include <deque>
#include <vector>

#include "backends/memory/can_packet.h"
#include "everysock/error.h"

namespace everysock::memory {

class CanSocket;

class CanListener {
 public:
  virtual ~CanListener() = default;
  // A frame on the bus `interface`, from `sender`. May send itself, but not add or remove listeners.
  virtual void hear(const CanPacket& packet, std::uint32_t interface, const CanSocket& sender) = 0;
};

// What is sent is heard at once by all who listen, in the order in which they came, and in the order of the frames:
// one that is sent in answer to another comes after all that hear that one have heard it.
class CanBuses {
 public:
  void add(CanListener& listener) { listeners_.push_back(&listener); }
  void remove(CanListener& listener) { std::erase(listeners_, &listener); }

  // EPERM: not a CAN interface. EINVAL: not a frame. Without `loopback` no one on this machine hears it, and there is
  // no one else on a virtual bus.
  Errc send(CanPacket packet, std::uint32_t interface, const CanSocket& sender, bool loopback = true);

 private:
  struct Transmission {
    CanPacket packet;
    std::uint32_t interface;
    const CanSocket* sender;
  };

  std::vector<CanListener*> listeners_;
  std::deque<Transmission> under_way_;
  bool delivering_ = false;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BUS_H_
