// Quantiles of a sample.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_STATISTICS_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_STATISTICS_H_

#include <vector>

namespace everysock::benchmark {

struct Spread {
  double p10 = 0;
  double median = 0;
  double p90 = 0;
};

// Linear between the two nearest values. All zero for an empty sample.
Spread spread(std::vector<double> sample);

// sample[i] / base[i], round by round: what disturbed a round as a whole cancels out.
std::vector<double> ratios(const std::vector<double>& sample, const std::vector<double>& base);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_STATISTICS_H_
