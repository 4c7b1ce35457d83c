#include "backends/memory/can_bus.h"

#include <utility>

#include "backends/memory/interfaces.h"

namespace everysock::memory {

Errc CanBuses::send(CanPacket packet, std::uint32_t interface, const CanSocket& sender, bool loopback) {
  if (!packet.is_classic() && !packet.is_fd() && !packet.is_xl()) return Errc::einval;
  if (!is_can_interface(interface)) return Errc::eperm;
  if (packet.is_fd()) packet.set_flags(packet.flags() | canfd_fdf);
  if (!loopback) return Errc::ok;
  under_way_.push_back({std::move(packet), interface, &sender});
  if (delivering_) return Errc::ok;
  delivering_ = true;
  while (!under_way_.empty()) {
    const Transmission next = std::move(under_way_.front());
    under_way_.pop_front();
    for (CanListener* listener : listeners_) listener->hear(next.packet, next.interface, *next.sender);
  }
  delivering_ = false;
  return Errc::ok;
}

}  // namespace everysock::memory
