// CPU time of a thread: the other ends are in this process.
#ifndef EVERYSOCK_TESTS_BENCHMARK_WINDOWS_THREAD_TIME_H_
#define EVERYSOCK_TESTS_BENCHMARK_WINDOWS_THREAD_TIME_H_

#include "platform/windows/winsock_headers.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {

inline double thread_nanoseconds(HANDLE thread) {
  FILETIME created, ended, kernel, user;
  must(::GetThreadTimes(thread, &created, &ended, &kernel, &user) != 0, "GetThreadTimes");
  const auto of = [](const FILETIME& time) {  // units of 100 ns
    return (static_cast<double>(time.dwHighDateTime) * 4294967296.0 + static_cast<double>(time.dwLowDateTime)) * 100;
  };
  return of(kernel) + of(user);
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_WINDOWS_THREAD_TIME_H_
