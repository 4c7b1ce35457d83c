// What became of a case, and the rules that decide it.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_OUTCOME_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_OUTCOME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "everysock/backend.h"
#include "everysock/error.h"
#include "framework/case.h"

namespace everysock::conformance {

enum class Outcome : std::uint8_t {
  passed,
  failed,
  refused,           // not claimed, and refused as documented
  expected_failure,  // failed, as the expectations say it does
  unexpected_pass,   // passed, though not claimed or expected to fail
  environment,       // claimed, but this host lacks what it takes
};

// "expected-failure": as in the report.
std::string_view outcome_name(Outcome outcome);
// Whether the run fails because of it.
bool is_bad(Outcome outcome);

struct Verdict {
  Outcome outcome;
  std::string reason;  // "" for a plain pass
};

// Whether `error` says "this is not supported here".
bool is_refusal(Error error);

// Whether systems give it to privileged programs alone. EPERM is then a refusal like those above.
bool needs_privilege(Feature feature);
bool is_refusal(Error error, Feature feature);

// Some features are qualities that no call asks for, so that no call could refuse them: a full backlog that holds
// connections back, say. A backend that does not claim one is refused by whatever the case observes instead.
bool has_refusal(Feature feature);

// The first feature that `tested` needs and `backend` does not claim.
std::optional<Feature> unclaimed_feature(const Case& tested, const Backend& backend);

// Judges a case that ran. `failure`: none if it passed. `expectation`: the reason if it is expected to fail.
Verdict judge(const Case& tested, const Backend& backend, const std::optional<Failure>& failure,
              const std::optional<std::string>& expectation);

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_OUTCOME_H_
