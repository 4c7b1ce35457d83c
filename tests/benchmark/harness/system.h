// What the benchmark needs of the system it runs on, once each in linux/ and windows/.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_SYSTEM_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_SYSTEM_H_

#include <memory>
#include <string>

#include "everysock/backend.h"

namespace everysock::benchmark {

// The system's own backend, which the bounds are about, and the name of its row: posix, winsock.
extern const char* const kNativeRow;
std::unique_ptr<Backend> new_native_backend();

// Whether the bounds of time hold here. They were set for a native system: under Wine a call costs what Wine makes of
// it.
extern const bool kTimeIsBound;

// Before anything else: room for many sockets, and the sockets themselves.
void prepare_process();

// Why the last system call failed.
std::string system_error_text();

// CPU time that the caller's side has used, in nanoseconds: of this process, or where the other ends are in it too, of
// this thread.
double own_cpu_nanoseconds();

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_SYSTEM_H_
