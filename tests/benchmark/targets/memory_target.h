// The network in memory. Its peers are threads of this process, which use the library as well: what is measured is both
// ends.
#ifndef EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_TARGET_H_
#define EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_TARGET_H_

#include "tests/benchmark/targets/target.h"

namespace everysock::benchmark {

class MemoryTarget final : public Target {
 public:
  MemoryTarget();
  ~MemoryTarget() override;

  std::string row() const override { return "memory"; }
  Backend& backend() override;
  std::uint16_t echo_port() override;
  std::uint16_t late_echo_port() override;
  std::uint16_t datagram_echo_port() override;
  std::uint16_t sink_port() override;
  std::uint16_t source_port() override;
  std::uint16_t hang_up_port() override;
  std::function<std::unique_ptr<Workload>()> echo_server_load(std::size_t connections) override;

 private:
  class World;
  World& world();

  std::unique_ptr<World> world_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_TARGETS_MEMORY_TARGET_H_
