// The report of a run: what build/report/<suite>.json holds.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_REPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_REPORT_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "everysock/feature.h"
#include "framework/outcome.h"

namespace everysock::conformance {

struct CaseResult {
  const Case* tested;
  Verdict verdict;
  double ms = 0;                                      // of real time
  std::map<std::string, std::string> constants = {};  // Context::constants()
};

// What a run ran on: known to whoever starts it.
struct RunFacts {
  std::string suite;    // "posix"
  std::string backend;  // Backend::name()
  std::string os;       // "linux"
  std::string kernel;   // "Linux 6.1.0"
  std::string commit;
  std::vector<std::pair<Feature, Support>> features = {};  // of the backend, all of them
};

// {"suite","backend","os","kernel","commit","features":{name:{"text","level","reason"}},
//  "cases":[{"id","rows","outcome","ms","reason"}]}, a case a line. A case that tried constants has "constants" as
//  well:
// {name: "" where it was taken, or the refusal}.
std::string report_json(const RunFacts& facts, const std::vector<CaseResult>& results);

struct Totals {
  int passed = 0;  // refused and expected failures included
  int refused = 0;
  int failed = 0;   // unexpected passes included
  int skipped = 0;  // the environment lacks something that was not required
};
Totals totals(const std::vector<CaseResult>& results);

// "conformance/posix: 230 passed, 0 failed, 0 skipped", which tests/run reads.
std::string summary_line(const RunFacts& facts, const Totals& totals);

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_REPORT_H_
