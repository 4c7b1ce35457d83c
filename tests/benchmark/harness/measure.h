// Timing: rounds in which every row gets a turn, in a new random order each, with fresh connections.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_MEASURE_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_MEASURE_H_

#include <cstddef>
#include <vector>

#include "tests/benchmark/harness/workload.h"

namespace everysock::benchmark {

struct Plan {
  std::size_t rounds = 31;
  unsigned seed = 1;  // of the order within the rounds
};

// What a row took in each round, in nanoseconds per operation.
struct Samples {
  std::size_t operations = 0;  // per turn
  std::vector<double> time;
  std::vector<double> cpu;
};

// One entry for each row of `benchmark_case`.
std::vector<Samples> measure(const Case& benchmark_case, const Plan& plan);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_MEASURE_H_
