#include "tests/benchmark/peer/echo_server_process.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/peer/load_generator.h"

namespace everysock::benchmark {

// What the port comes through.
class EchoServerProcess::PortPipe {
 public:
  PortPipe() { must(::pipe2(ends_, O_CLOEXEC) == 0, "pipe2"); }
  PortPipe(const PortPipe&) = delete;
  PortPipe& operator=(const PortPipe&) = delete;
  ~PortPipe() { ::close(ends_[0]); }
  void write(std::uint16_t port) const {
    must(::write(ends_[1], &port, sizeof(port)) == static_cast<ssize_t>(sizeof(port)), "write");
  }
  // In the process that does not write.
  std::uint16_t read() const {
    ::close(ends_[1]);
    std::uint16_t port = 0;
    must(::read(ends_[0], &port, sizeof(port)) == static_cast<ssize_t>(sizeof(port)), "read");
    return port;
  }

 private:
  int ends_[2];
};

EchoServerProcess::EchoServerProcess(const std::function<void(const TellPort&)>& serve)
    : EchoServerProcess(serve, PortPipe()) {}

EchoServerProcess::EchoServerProcess(const std::function<void(const TellPort&)>& serve, PortPipe&& pipe)
    : process_([&] { serve([&](std::uint16_t port) { pipe.write(port); }); }), port_(pipe.read()) {}

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
