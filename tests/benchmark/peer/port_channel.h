// What a server process tells its port through.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_PORT_CHANNEL_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_PORT_CHANNEL_H_

#include <cstdint>
#include <memory>

namespace everysock::benchmark {

// Copies are of one channel, which is good for one number.
class PortChannel {
 public:
  PortChannel();
  void tell(std::uint16_t port) const;  // by the server
  std::uint16_t hear() const;           // by who has started it

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_PORT_CHANNEL_H_
