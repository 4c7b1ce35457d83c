#include "tests/benchmark/targets/memory_target.h"

#include "backends/memory/memory_backend.h"
#include "tests/benchmark/peer/selector_echo_server.h"
#include "tests/benchmark/targets/memory_peers.h"
#include "tests/benchmark/targets/selector_load.h"

namespace everysock::benchmark {

// Everything that has threads.
class MemoryTarget::World {
 public:
  Backend& backend() { return *host_; }
  MemoryPeers& peers() { return peers_; }

 private:
  // The program waits for other things as well, and for longer than a simulation would believe.
  MemoryNetwork network_{{.grace = -1, .deadlock_after = -1}};
  std::unique_ptr<Backend> host_ = must(network_.new_host("localhost"), "new_host");
  MemoryPeers peers_{network_, *host_};
};

MemoryTarget::MemoryTarget() = default;
MemoryTarget::~MemoryTarget() = default;

MemoryTarget::World& MemoryTarget::world() {
  if (!world_) world_ = std::make_unique<World>();
  return *world_;
}

Backend& MemoryTarget::backend() { return world().backend(); }
std::uint16_t MemoryTarget::echo_port() { return world().peers().echo.port(); }
std::uint16_t MemoryTarget::late_echo_port() { return world().peers().late_echo.port(); }
std::uint16_t MemoryTarget::datagram_echo_port() { return world().peers().datagram_echo.port(); }
std::uint16_t MemoryTarget::sink_port() { return world().peers().sink.port(); }
std::uint16_t MemoryTarget::source_port() { return world().peers().source.port(); }
std::uint16_t MemoryTarget::hang_up_port() { return world().peers().hang_up.port(); }

std::function<std::unique_ptr<Workload>()> MemoryTarget::echo_server_load(std::size_t connections) {
  return [this, connections] {
    return std::make_unique<SelectorLoad>(backend(), world().peers().selector_echo.port(), connections);
  };
}

}  // namespace everysock::benchmark
