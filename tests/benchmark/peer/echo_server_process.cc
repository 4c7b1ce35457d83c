#include "tests/benchmark/peer/echo_server_process.h"

#include "tests/benchmark/peer/load_generator.h"

namespace everysock::benchmark {

EchoServerProcess::EchoServerProcess(const std::function<void(const TellPort&)>& serve)
    : EchoServerProcess(serve, PortChannel()) {}

EchoServerProcess::EchoServerProcess(const std::function<void(const TellPort&)>& serve, const PortChannel& channel)
    : process_([serve, channel] { serve([channel](std::uint16_t port) { channel.tell(port); }); }),
      port_(channel.hear()) {}

namespace {

class Load final : public Workload {
 public:
  Load(std::shared_ptr<EchoServerProcess> server, std::size_t connections)
      : server_(std::move(server)), clients_(server_->port(), connections) {}

  void run(std::size_t operations) override { clients_.run(operations); }
  double cpu_nanoseconds() const override { return server_->cpu_nanoseconds(); }

 private:
  std::shared_ptr<EchoServerProcess> server_;
  LoadGenerator clients_;
};

}  // namespace

std::function<std::unique_ptr<Workload>()> load_of(std::shared_ptr<EchoServerProcess> server, std::size_t connections) {
  return [server = std::move(server), connections] { return std::make_unique<Load>(server, connections); };
}

}  // namespace everysock::benchmark
