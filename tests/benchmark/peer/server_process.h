// A function in a process of its own, on the peers' processor.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_

#include <sys/types.h>

#include <functional>

namespace everysock::benchmark {

// Ends with this object, and with the process that started it. To be made before the program has threads.
class ServerProcess {
 public:
  explicit ServerProcess(const std::function<void()>& serve);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  // CPU time that it has used, in nanoseconds.
  double cpu_nanoseconds() const;

 private:
  pid_t child_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_SERVER_PROCESS_H_
