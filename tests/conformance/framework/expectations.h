// expectations/<backend>-<os>.txt: the cases that are known to fail there, one a line: an id and the reason, separated
// by blanks. '#' begins a comment line. A case that passes although it stands there fails the run, so the list stays
// true.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_EXPECTATIONS_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_EXPECTATIONS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace everysock::conformance {

using Expectations = std::map<std::string, std::string, std::less<>>;

struct ParsedExpectations {
  Expectations expectations;
  std::string error;  // "line 3: no reason"; "" if all is well
};

ParsedExpectations parse_expectations(std::string_view text);

// Whether `text` matches a pattern of '*' (any text), '?' (any character) and ',' (alternatives). An alternative that
// begins with '!' takes out what it matches of those before it: "stream/*,!*@tcp6".
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_EXPECTATIONS_H_
