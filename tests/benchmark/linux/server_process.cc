#include "tests/benchmark/peer/server_process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/benchmark/harness/machine.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {

struct ServerProcess::State {
  pid_t child;
};

ServerProcess::ServerProcess(const std::function<void()>& serve) : state_(new State{::fork()}) {
  must(state_->child >= 0, "fork");
  if (state_->child != 0) return;
  must(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
  run_as_peer();
  serve();
  ::_exit(0);
}

ServerProcess::~ServerProcess() {
  ::kill(state_->child, SIGKILL);
  ::waitpid(state_->child, nullptr, 0);
}

double ServerProcess::cpu_nanoseconds() const {
  clockid_t clock;
  timespec used;
  must(::clock_getcpuclockid(state_->child, &clock) == 0 && ::clock_gettime(clock, &used) == 0, "clock_getcpuclockid");
  return static_cast<double>(used.tv_sec) * 1e9 + static_cast<double>(used.tv_nsec);
}

}  // namespace everysock::benchmark
