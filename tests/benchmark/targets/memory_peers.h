// What peer/peers.h is on the machine's own network, on one in memory: the same servers, by the library's own calls.
#ifndef EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_PEERS_H_
#define EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_PEERS_H_

#include <cstdint>
#include <functional>

#include "backends/memory/memory_backend.h"
#include "everysock/socket.h"
#include "everysock/thread.h"

namespace everysock::benchmark {

// A listener with a thread on the peers' processor. Ends with this object, when its clients are gone.
class MemoryPeer {
 public:
  MemoryPeer(Socket listener, std::function<void(Socket&)> serve);
  ~MemoryPeer();
  std::uint16_t port() const;

 private:
  Socket listener_;
  Thread thread_;
};

struct MemoryPeers {
  MemoryPeers(MemoryNetwork& network, Backend& host);

  MemoryPeer echo;
  MemoryPeer late_echo;
  MemoryPeer sink;
  MemoryPeer source;
  MemoryPeer hang_up;
  MemoryPeer datagram_echo;
  MemoryPeer selector_echo;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_PEERS_H_
