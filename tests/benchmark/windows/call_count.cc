#include "tests/benchmark/harness/call_count.h"

#include "tests/benchmark/harness/allocation_count.h"

namespace everysock::benchmark {

const bool kCountsSystemCalls = false;

std::optional<Counts> count_calls(const Row& row, std::size_t operations) {
  const auto workload = row.make();
  workload->run(operations);  // first uses: growing tables
  const std::uint64_t before = allocations();
  workload->run(operations);
  return Counts{std::nullopt, static_cast<double>(allocations() - before) / static_cast<double>(operations)};
}

}  // namespace everysock::benchmark
