// A backend that reaches the peers themselves, because its network is this machine's: posix, and websocket by way of a
// proxy.
#ifndef EVERYSOCK_TESTS_BENCHMARK_TARGETS_MACHINE_TARGET_H_
#define EVERYSOCK_TESTS_BENCHMARK_TARGETS_MACHINE_TARGET_H_

#include "tests/benchmark/targets/target.h"

namespace everysock::benchmark {

class MachineTarget final : public Target {
 public:
  using MakeBackend = std::function<std::unique_ptr<Backend>()>;

  MachineTarget(std::string row, const Peers& peers, MakeBackend make_backend)
      : row_(std::move(row)), peers_(peers), make_backend_(std::move(make_backend)) {}

  std::string row() const override { return row_; }
  Backend& backend() override {
    if (!backend_) backend_ = make_backend_();
    return *backend_;
  }
  std::uint16_t echo_port() override { return peers_.echo_port(); }
  std::uint16_t late_echo_port() override { return peers_.late_echo_port(); }
  std::uint16_t datagram_echo_port() override { return peers_.datagram_echo_port(); }
  std::uint16_t sink_port() override { return peers_.sink_port(); }
  std::uint16_t source_port() override { return peers_.source_port(); }
  std::uint16_t hang_up_port() override { return peers_.hang_up_port(); }
  std::function<std::unique_ptr<Workload>()> echo_server_load(std::size_t connections) override;

 private:
  std::string row_;
  const Peers& peers_;
  MakeBackend make_backend_;
  std::unique_ptr<Backend> backend_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_TARGETS_MACHINE_TARGET_H_
