// Runs the cases against one backend. Everything that depends on where the program runs (files, options, the name of
// the system) is the caller's: main.cc natively, a page's program in a browser.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_RUNNER_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_RUNNER_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "everysock/backend.h"
#include "framework/check.h"
#include "framework/expectations.h"
#include "framework/report.h"

namespace everysock::conformance {

struct RunOptions {
  RunFacts facts;  // backend is filled in
  std::string filter = "*";
  Expectations expectations;
  std::set<std::string, std::less<>> required_probes;  // "all": every one
  // Where AF_UNIX names lie: "" for names relative to wherever the backend puts them.
  std::string unix_directory;
  std::uint64_t seed = 1;
  double case_seconds = 20;  // of real time; then a case has failed
  // Cases run on the thread that calls run_conformance(), and another one watches the time.
  bool on_calling_thread = false;

  // Called for each line of progress, without a line end.
  std::function<void(std::string_view)> print;
  // Called with the whole report: before the first case (everything "failed: did not run", so that a crash leaves a
  // report that says so), then at the end.
  std::function<void(const std::string& json)> report;
  // Called with an id before it runs; may be empty.
  std::function<void(std::string_view)> starting;
};

enum class RunStatus : int {
  ok = 0,
  failed = 1,  // some case failed or passed unexpectedly
  hung = 3,    // as failed, and a thread of a case never ended: leave with std::_Exit, do not destroy the backend
};

// Runs the cases that the filter takes, one after another, each on a thread of its own unless told otherwise.
RunStatus run_conformance(const RunOptions& options, Backend& backend);

// For a program in which nothing can unwind the stack (WASI), instead of throwing what an assertion throws: judges the
// case that is running, reports the run as far as it has come, closes what is open and returns. The program then ends.
void end_run_early(const Failure& failure);

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_RUNNER_H_
