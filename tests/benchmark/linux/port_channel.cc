#include "tests/benchmark/peer/port_channel.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {

struct PortChannel::State {
  State() { must(::pipe2(ends, O_CLOEXEC) == 0, "pipe2"); }
  ~State() { ::close(ends[0]); }
  int ends[2];
};

PortChannel::PortChannel() : state_(std::make_shared<State>()) {}

void PortChannel::tell(std::uint16_t port) const {
  must(::write(state_->ends[1], &port, sizeof(port)) == static_cast<ssize_t>(sizeof(port)), "write");
}

// In the process that does not write.
std::uint16_t PortChannel::hear() const {
  ::close(state_->ends[1]);
  std::uint16_t port = 0;
  must(::read(state_->ends[0], &port, sizeof(port)) == static_cast<ssize_t>(sizeof(port)), "read");
  return port;
}

}  // namespace everysock::benchmark
