// The figures as JSON (for plot.py) and as a table on stdout.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_REPORT_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_REPORT_H_

#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/benchmark/harness/call_count.h"
#include "tests/benchmark/harness/measure.h"
#include "tests/benchmark/harness/workload.h"

namespace everysock::benchmark {

// What is known of one row; whatever was not asked for stays empty.
struct RowResult {
  std::optional<Counts> counts;
  Samples samples;
};

// "cases" entry of the report. `results` has one entry per row.
nlohmann::ordered_json to_json(const Case& benchmark_case, const std::vector<RowResult>& results);

// Prints a case's entry.
void print(const nlohmann::ordered_json& entry);

// Whether every bound of the entry is met and every frugal row is frugal. What could not be measured is not met.
bool all_met(const nlohmann::ordered_json& entry);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_REPORT_H_
