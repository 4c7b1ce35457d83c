// An echo server in a process of its own, which clients of this process load.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_ECHO_SERVER_PROCESS_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_ECHO_SERVER_PROCESS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "tests/benchmark/harness/workload.h"
#include "tests/benchmark/peer/port_channel.h"
#include "tests/benchmark/peer/server_process.h"

namespace everysock::benchmark {

class EchoServerProcess {
 public:
  // Says at which port of 127.0.0.1 the server listens.
  using TellPort = std::function<void(std::uint16_t)>;

  // `serve` runs in the process and does not return. To be made before the program has threads.
  explicit EchoServerProcess(const std::function<void(const TellPort&)>& serve);

  std::uint16_t port() const { return port_; }
  double cpu_nanoseconds() const { return process_.cpu_nanoseconds(); }

 private:
  EchoServerProcess(const std::function<void(const TellPort&)>& serve, const PortChannel& channel);

  ServerProcess process_;
  std::uint16_t port_;
};

// What makes workloads of so many connections each to `server`; their time is the clients', their CPU time the
// server's.
std::function<std::unique_ptr<Workload>()> load_of(std::shared_ptr<EchoServerProcess> server, std::size_t connections);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_ECHO_SERVER_PROCESS_H_
