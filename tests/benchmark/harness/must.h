// Ends the program where something that the benchmark needs does not work.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "everysock/error.h"
#include "tests/benchmark/harness/system.h"

namespace everysock::benchmark {

[[noreturn]] inline void give_up(const char* what, const char* why) {
  std::fprintf(stderr, "everysock_benchmark: %s: %s\n", what, why);
  std::exit(1);
}

// For system calls.
inline void must(bool good, const char* what) {
  if (!good) [[unlikely]]
    give_up(what, system_error_text().c_str());
}

template <typename T>
T must(Result<T> result, const char* what) {
  if (!result) [[unlikely]]
    give_up(what, result.error().message().c_str());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_
