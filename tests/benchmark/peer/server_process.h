// A function in a process of its own, on the peers' processor; in a thread of its own where there is no fork(2).
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_

#include <functional>
#include <memory>

namespace everysock::benchmark {

// Ends with this object and with the process that started it; a thread with the latter alone, so that what `serve`
// refers to must stay. To be made before the program has threads.
class ServerProcess {
 public:
  explicit ServerProcess(const std::function<void()>& serve);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  // CPU time that it has used, in nanoseconds; of a thread, without those that it has started.
  double cpu_nanoseconds() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_
