// A backend of the library, with the ports at which its network has the peers.
#ifndef EVERYSOCK_TESTS_BENCHMARK_TARGETS_TARGET_H_
#define EVERYSOCK_TESTS_BENCHMARK_TARGETS_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "everysock/socket.h"
#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/harness/workload.h"
#include "tests/benchmark/peer/peers.h"

namespace everysock::benchmark {

// Starts threads, if it needs any, on first use and in the process that uses it: rows are counted in processes of their
// own, which are forked.
class Target {
 public:
  virtual ~Target() = default;
  virtual std::string row() const = 0;
  virtual Backend& backend() = 0;

  virtual std::uint16_t echo_port() = 0;
  virtual std::uint16_t late_echo_port() = 0;
  virtual std::uint16_t datagram_echo_port() = 0;
  virtual std::uint16_t sink_port() = 0;
  virtual std::uint16_t source_port() = 0;
  virtual std::uint16_t hang_up_port() = 0;

  // An echo server over a Selector of this backend (serve_with_selector), and what makes so many clients for it.
  virtual std::function<std::unique_ptr<Workload>()> echo_server_load(std::size_t connections) = 0;

  Socket connection(std::uint16_t port) {
    return must(create_connection({"127.0.0.1", port}, {}, backend()), "create_connection");
  }
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_TARGETS_TARGET_H_
