#include "framework/report.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace everysock::conformance {
namespace {

// Reasons may quote bytes of any value.
std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string report_json(const RunFacts& facts, const std::vector<CaseResult>& results) {
  nlohmann::ordered_json features = nlohmann::ordered_json::object();
  for (const auto& [feature, support] : facts.features) {
    features[std::string(feature_name(feature))] = {
        {"text", feature_text(feature)}, {"level", support_level_name(support.level)}, {"reason", support.reason}};
  }
  const nlohmann::ordered_json head = {{"suite", facts.suite},   {"backend", facts.backend}, {"os", facts.os},
                                       {"kernel", facts.kernel}, {"commit", facts.commit},   {"features", features}};
  std::string text = json_text(head);
  text.pop_back();
  text += ",\"cases\":[";
  for (const CaseResult& result : results) {
    nlohmann::ordered_json line = {{"id", result.tested->id},
                                   {"rows", result.tested->rows},
                                   {"outcome", outcome_name(result.verdict.outcome)},
                                   {"ms", std::round(result.ms * 100) / 100},
                                   {"reason", result.verdict.reason}};
    if (!result.constants.empty()) line["constants"] = result.constants;
    text += (&result == results.data() ? "\n" : ",\n") + json_text(line);
  }
  return text + "\n]}\n";
}

Totals totals(const std::vector<CaseResult>& results) {
  Totals sum;
  for (const CaseResult& result : results) {
    if (is_bad(result.verdict.outcome)) {
      ++sum.failed;
    } else if (result.verdict.outcome == Outcome::environment) {
      ++sum.skipped;
    } else {
      ++sum.passed;
      if (result.verdict.outcome == Outcome::refused) ++sum.refused;
    }
  }
  return sum;
}

std::string summary_line(const RunFacts& facts, const Totals& totals) {
  return "conformance/" + facts.suite + ": " + std::to_string(totals.passed) + " passed, " +
         std::to_string(totals.failed) + " failed, " + std::to_string(totals.skipped) + " skipped";
}

}  // namespace everysock::conformance
