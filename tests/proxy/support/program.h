// The proxy as a program of its own.
#ifndef EVERYSOCK_TESTS_PROXY_SUPPORT_PROGRAM_H_
#define EVERYSOCK_TESTS_PROXY_SUPPORT_PROGRAM_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace everysock::proxy {

class Program {
 public:
  // Starts it; `environment` is added to the present one ("NAME=value").
  explicit Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});
  // Kills it if it still runs.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of its standard output, "" at its end.
  std::string read_line();
  void send_signal(int number);
  // Waits for its end: the exit status, or minus the signal's number. Fails the test if it takes more than ten seconds.
  int wait();
  // What it wrote to its standard error stream. After wait().
  const std::string& errors() const { return errors_; }
  // VmHWM of /proc: the most memory it has had, in bytes.
  std::size_t peak_memory() const;

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  int error_output_ = -1;
  std::string pending_;
  std::string errors_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_TESTS_PROXY_SUPPORT_PROGRAM_H_
