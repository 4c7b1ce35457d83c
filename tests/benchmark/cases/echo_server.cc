// An echo server for many connections at once: Selector against the bare way of the system. The time is the clients',
// the CPU time the server's.
#include <memory>
#include <string>

#include "tests/benchmark/cases/catalogue.h"
#include "tests/benchmark/peer/echo_server_process.h"
#include "tests/benchmark/peer/raw_echo_server.h"

namespace everysock::benchmark {
namespace {

// A server for each row, kept for all rounds: each has its connections to itself.
Row raw_row(std::string name, std::size_t connections) {
  auto server = std::make_shared<EchoServerProcess>([](const auto& tell_port) {
    const RawSocket listener = raw_listener();
    do_not_block(listener.fd());
    tell_port(port_of(listener));
    serve_raw(listener.fd());
  });
  return {std::move(name), load_of(std::move(server), connections)};
}

}  // namespace

Case echo_server(Targets targets, std::size_t connections) {
  const std::string text = std::to_string(connections);
  const double limit = connections <= 100 ? 1.10 : 1.20;
  Case result{.id = "echo_server_" + text,
              .title = "echo server, " + text + " connections",
              .operation = "64 bytes there and back, one under way per connection",
              .rows = {raw_row("raw", connections), raw_row("raw again", connections)},
              .bounds = {{kNativeRow, Measure::time, limit}, {kNativeRow, Measure::cpu, limit}},
              .turn_seconds = 0.1};
  for (Target* target : targets) result.rows.push_back({target->row(), target->echo_server_load(connections)});
  return result;
}

}  // namespace everysock::benchmark
