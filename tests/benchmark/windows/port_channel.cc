#include "tests/benchmark/peer/port_channel.h"

#include <future>

namespace everysock::benchmark {

struct PortChannel::State {
  std::promise<std::uint16_t> port;
};

PortChannel::PortChannel() : state_(std::make_shared<State>()) {}
void PortChannel::tell(std::uint16_t port) const { state_->port.set_value(port); }
std::uint16_t PortChannel::hear() const { return state_->port.get_future().get(); }

}  // namespace everysock::benchmark
