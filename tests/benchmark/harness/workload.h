// What is measured: a case (a job), done by rows (ways of doing it).
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_WORKLOAD_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_WORKLOAD_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace everysock::benchmark {

// One way of doing a job, ready to go: connections are made, memory is there. Destroying it closes everything.
class Workload {
 public:
  virtual ~Workload() = default;
  // Does the job `operations` times. A failure ends the program with a message: a figure for half a job says nothing.
  virtual void run(std::size_t operations) = 0;
  // CPU time so far of what the row is about, in nanoseconds; unless overridden, of this process.
  virtual double cpu_nanoseconds() const;
};

struct Row {
  std::string name;  // "raw", "raw again", "posix", "memory", ...
  std::function<std::unique_ptr<Workload>()> make;
};

// What a row must not exceed, relative to the first row of its case.
enum class Measure { time, cpu };
struct Bound {
  std::string row;
  Measure measure;
  double limit;
};

// The first row is what the others are compared with; the second does exactly the same and shows the noise.
struct Case {
  std::string id;
  std::string title;
  std::string operation;  // what is done once: "one recv_into", "64 bytes there and back"
  std::vector<Row> rows = {};
  std::vector<Bound> bounds = {};
  // The rows that must do with no allocation and with exactly the first row's number of system calls.
  std::vector<std::string> frugal_rows = {};
  bool timed = true;
  double turn_seconds = 0.02;  // how long one row's turn in a round takes, about
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_WORKLOAD_H_
