// Exact counts instead of timings: system calls and allocations.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_CALL_COUNT_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_CALL_COUNT_H_

#include <cstddef>
#include <optional>

#include "tests/benchmark/harness/workload.h"

namespace everysock::benchmark {

struct Counts {
  std::optional<double> system_calls;  // per operation, of the thread that runs the workload
  double allocations = 0;              // per operation
};

// Whether this system lets system calls be counted at all.
extern const bool kCountsSystemCalls;

// On Linux, runs the row in a process of its own under ptrace(2); nothing where this process may not trace.
std::optional<Counts> count_calls(const Row& row, std::size_t operations);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_CALL_COUNT_H_
