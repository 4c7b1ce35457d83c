#include "tests/benchmark/harness/system.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "backends/posix/posix_backend.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

double nanoseconds(timeval time) {
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_usec) * 1e3;
}

}  // namespace

const char* const kNativeRow = "posix";
const bool kTimeIsBound = true;

std::unique_ptr<Backend> new_native_backend() { return new_posix_backend(); }

void prepare_process() {
  rlimit limit;
  must(::getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  must(::setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

std::string system_error_text() { return ::strerror(errno); }

double own_cpu_nanoseconds() {
  rusage usage;
  must(::getrusage(RUSAGE_SELF, &usage) == 0, "getrusage");
  return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

}  // namespace everysock::benchmark
