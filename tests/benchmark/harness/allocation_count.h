// How often memory was taken from the heap: linking allocation_count.cc counts, on Linux, every malloc and its kin, and
// so every operator new; on Windows operator new alone.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_

#include <cstdint>

namespace everysock::benchmark {

// Since the process began, of all threads together; on Windows of this thread.
std::uint64_t allocations() noexcept;

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_ALLOCATION_COUNT_H_
