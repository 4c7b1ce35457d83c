#include "tests/benchmark/harness/call_count.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>

#include "tests/benchmark/harness/allocation_count.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

// No system call has this number: the kernel refuses it, and the tracer sees where the counting begins and ends.
constexpr long kMarker = 0x5eed;

[[noreturn]] void run_traced(const Row& row, std::size_t operations, int result) {
  const auto workload = row.make();
  workload->run(operations);  // first uses: lazy binding, growing tables
  ::raise(SIGSTOP);           // until the tracer is there
  ::syscall(kMarker);
  const std::uint64_t before = allocations();
  workload->run(operations);
  const std::uint64_t allocated = allocations() - before;
  ::syscall(kMarker);
  must(::write(result, &allocated, sizeof(allocated)) == sizeof(allocated), "write");
  ::_exit(0);
}

// Lets `child` run to its end and counts the system calls between its markers.
std::optional<std::uint64_t> trace(pid_t child) {
  int status = 0;
  must(::waitpid(child, &status, WUNTRACED) == child, "waitpid");
  if (!WIFSTOPPED(status)) return std::nullopt;
  if (::ptrace(PTRACE_SEIZE, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0) {
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return std::nullopt;
  }
  ::kill(child, SIGCONT);
  std::uint64_t count = 0;
  int markers = 0;
  for (;;) {
    must(::waitpid(child, &status, 0) == child, "waitpid");
    if (WIFEXITED(status)) break;
    if (WIFSIGNALED(status)) return std::nullopt;
    if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
      __ptrace_syscall_info info;
      must(::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) > 0, "PTRACE_GET_SYSCALL_INFO");
      if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        if (static_cast<long>(info.entry.nr) == kMarker) {
          ++markers;
        } else if (markers == 1) {
          ++count;
        }
      }
    }
    must(::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0, "PTRACE_SYSCALL");
  }
  if (markers != 2 || WEXITSTATUS(status) != 0) return std::nullopt;
  return count;
}

}  // namespace

const bool kCountsSystemCalls = true;

std::optional<Counts> count_calls(const Row& row, std::size_t operations) {
  int result[2];
  must(::pipe(result) == 0, "pipe");
  const pid_t child = ::fork();
  must(child >= 0, "fork");
  if (child == 0) {
    ::close(result[0]);
    run_traced(row, operations, result[1]);
  }
  ::close(result[1]);
  const auto system_calls = trace(child);
  std::uint64_t allocated = 0;
  const bool complete = ::read(result[0], &allocated, sizeof(allocated)) == sizeof(allocated);
  ::close(result[0]);
  if (!system_calls || !complete) return std::nullopt;
  const auto number = static_cast<double>(operations);
  return Counts{static_cast<double>(*system_calls) / number, static_cast<double>(allocated) / number};
}

}  // namespace everysock::benchmark
