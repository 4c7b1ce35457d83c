// Clients for an echo server: many connections from one thread, by the system's own way to wait for many.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_LOAD_GENERATOR_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_LOAD_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tests/benchmark/peer/raw_socket.h"

namespace everysock::benchmark {

// Each connection has one 64-byte message under way at any time.
class LoadGenerator {
 public:
  LoadGenerator(std::uint16_t port, std::size_t connections);
  ~LoadGenerator();

  // Sends `echoes` messages over all connections together and takes them back.
  void run(std::size_t echoes);

 private:
  std::vector<RawSocket> connections_;
  struct Waiting;
  std::unique_ptr<Waiting> waiting_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_LOAD_GENERATOR_H_
