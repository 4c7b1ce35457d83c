#include "tests/benchmark/harness/system.h"

#include <system_error>

#include "backends/winsock/winsock_backend.h"
#include "platform/windows/winsock_headers.h"
#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/windows/thread_time.h"

namespace everysock::benchmark {

const char* const kNativeRow = "winsock";
const bool kTimeIsBound = false;

std::unique_ptr<Backend> new_native_backend() { return new_winsock_backend(); }

void prepare_process() {
  WSADATA data;
  must(::WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
}

std::string system_error_text() { return std::system_category().message(static_cast<int>(::GetLastError())); }

double own_cpu_nanoseconds() { return thread_nanoseconds(::GetCurrentThread()); }

}  // namespace everysock::benchmark
