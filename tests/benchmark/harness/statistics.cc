#include "tests/benchmark/harness/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace everysock::benchmark {
namespace {

double quantile(const std::vector<double>& sorted, double part) {
  const double position = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

}  // namespace

Spread spread(std::vector<double> sample) {
  if (sample.empty()) return {};
  std::sort(sample.begin(), sample.end());
  return {quantile(sample, 0.1), quantile(sample, 0.5), quantile(sample, 0.9)};
}

std::vector<double> ratios(const std::vector<double>& sample, const std::vector<double>& base) {
  std::vector<double> result;
  const std::size_t rounds = std::min(sample.size(), base.size());
  for (std::size_t i = 0; i < rounds; ++i) result.push_back(sample[i] / base[i]);
  return result;
}

}  // namespace everysock::benchmark
