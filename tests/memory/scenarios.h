// Scripts of what programs do to sockets, rightly and wrongly: linux_test.cc runs each on the real kernel and in the
// simulation.
#ifndef EVERYSOCK_TESTS_MEMORY_SCENARIOS_H_
#define EVERYSOCK_TESTS_MEMORY_SCENARIOS_H_

#include <span>
#include <string_view>

#include "script.h"

namespace everysock::testing {

struct Scenario {
  std::string_view name;
  void (*run)(Script&);
};

std::span<const Scenario> tcp_scenarios();
std::span<const Scenario> bind_scenarios();
std::span<const Scenario> udp_scenarios();
std::span<const Scenario> unix_scenarios();
std::span<const Scenario> option_scenarios();

}  // namespace everysock::testing

#endif  // EVERYSOCK_TESTS_MEMORY_SCENARIOS_H_
