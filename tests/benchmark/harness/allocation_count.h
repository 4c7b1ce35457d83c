// How often this process has taken memory from the heap: linking allocation_count.cc counts every malloc and its kin,
// and so every operator new.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_

#include <cstdint>

namespace everysock::benchmark {

// Of all threads together, since the process began.
std::uint64_t allocations() noexcept;

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_
