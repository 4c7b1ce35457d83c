// A backend of the library, with the ports at which its network has the peers.
#ifndef EVERYSOCK_TESTS_BENCHMARK_CASES_TARGET_H_
#define EVERYSOCK_TESTS_BENCHMARK_CASES_TARGET_H_

#include <cstdint>
#include <string>

#include "everysock/socket.h"
#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/peer/peers.h"

namespace everysock::benchmark {

// Starts what it needs on first use, in the process that uses it: rows are counted in processes of their own.
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

  Socket connection(std::uint16_t port) {
    return must(create_connection({"127.0.0.1", port}, {}, backend()), "create_connection");
  }
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_CASES_TARGET_H_
