// Ends the program where something that the benchmark needs does not work.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_

#include <errno.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "everysock/error.h"

namespace everysock::benchmark {

[[noreturn]] inline void give_up(const char* what, const char* why) {
  std::fprintf(stderr, "everysock_benchmark: %s: %s\n", what, why);
  std::exit(1);
}

// For system calls: the reason is in errno.
inline void must(bool good, const char* what) {
  if (!good) [[unlikely]]
    give_up(what, std::strerror(errno));
}

template <typename T>
T must(Result<T> result, const char* what) {
  if (!result) [[unlikely]]
    give_up(what, result.error().message().c_str());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_MUST_H_
