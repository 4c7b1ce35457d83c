#include "tests/benchmark/targets/machine_target.h"

#include "tests/benchmark/peer/echo_server_process.h"
#include "tests/benchmark/peer/selector_echo_server.h"

namespace everysock::benchmark {

std::function<std::unique_ptr<Workload>()> MachineTarget::echo_server_load(std::size_t connections) {
  return load_of(std::make_shared<EchoServerProcess>([make_backend = make_backend_](const auto& tell_port) {
                   const auto backend = make_backend();
                   Socket listener = library_listener(*backend);
                   tell_port(port_of(listener));
                   serve_with_selector(listener);
                 }),
                 connections);
}

}  // namespace everysock::benchmark
