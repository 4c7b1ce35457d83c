#include "tests/benchmark/peer/server_process.h"

#include <future>
#include <thread>

#include "platform/windows/winsock_headers.h"
#include "tests/benchmark/harness/machine.h"
#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/windows/thread_time.h"

namespace everysock::benchmark {

// There is no fork(): a thread of this process, which ends with the process.
struct ServerProcess::State {
  HANDLE thread = nullptr;
};

ServerProcess::ServerProcess(const std::function<void()>& serve) : state_(std::make_unique<State>()) {
  std::promise<HANDLE> started;
  std::thread([serve, &started] {
    HANDLE own = nullptr;
    const HANDLE process = ::GetCurrentProcess();
    must(::DuplicateHandle(process, ::GetCurrentThread(), process, &own, 0, FALSE, DUPLICATE_SAME_ACCESS) != 0,
         "DuplicateHandle");
    run_as_peer();
    started.set_value(own);
    serve();
  }).detach();
  state_->thread = started.get_future().get();
}

ServerProcess::~ServerProcess() { ::CloseHandle(state_->thread); }

double ServerProcess::cpu_nanoseconds() const { return thread_nanoseconds(state_->thread); }

}  // namespace everysock::benchmark
