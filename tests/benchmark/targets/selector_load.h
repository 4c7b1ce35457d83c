// Clients for an echo server: what peer/load_generator.h does, by the library's own calls.
#ifndef EVERYSOCK_TESTS_BENCHMARK_TARGETS_SELECTOR_LOAD_H_
#define EVERYSOCK_TESTS_BENCHMARK_TARGETS_SELECTOR_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "everysock/selector.h"
#include "everysock/socket.h"
#include "tests/benchmark/harness/workload.h"

namespace everysock::benchmark {

// Each connection has one 64-byte message under way at any time.
class SelectorLoad final : public Workload {
 public:
  SelectorLoad(Backend& backend, std::uint16_t port, std::size_t connections);
  void run(std::size_t operations) override;

 private:
  std::vector<std::unique_ptr<Socket>> connections_;
  Selector selector_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_TARGETS_SELECTOR_LOAD_H_
