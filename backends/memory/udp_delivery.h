// The way of a datagram: over a link, to one socket, to many, or to nobody.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UDP_DELIVERY_H_
#define EVERYSOCK_BACKENDS_MEMORY_UDP_DELIVERY_H_

#include "backends/memory/buffers.h"
#include "backends/memory/ip.h"
#include "backends/memory/machine.h"

namespace everysock::memory {

class UdpSocket;

struct DatagramPath {
  Route route;
  Endpoint from;
  Endpoint to;
  bool multicast_loop = true;
  int hops = 64;  // 0: multicast goes not beyond the machine
  int traffic_class = 0;
};

// Within a machine it arrives before this returns. A port that nobody has is reported to `sender` as ICMP would.
void deliver(UdpSocket& sender, const DatagramPath& path, const Gather& data);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UDP_DELIVERY_H_
