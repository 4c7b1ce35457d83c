#include "framework/outcome.h"

#include <array>

namespace everysock::conformance {

std::string_view outcome_name(Outcome outcome) {
  constexpr std::array<std::string_view, 6> names = {"passed",           "failed",          "refused",
                                                     "expected-failure", "unexpected-pass", "environment"};
  return names[static_cast<std::size_t>(outcome)];
}

bool is_bad(Outcome outcome) { return outcome == Outcome::failed || outcome == Outcome::unexpected_pass; }

bool is_refusal(Error error) {
  switch (error.errc()) {
    case Errc::eopnotsupp:
    case Errc::eafnosupport:
    case Errc::esocktnosupport:
    case Errc::eprotonosupport:
    case Errc::enoprotoopt:
      return true;
    default:
      return error == UsageErrc::dualstack_unsupported || error == UsageErrc::reuse_port_unsupported ||
             error == UsageErrc::socketpair_emulated || error == UsageErrc::would_block_page;
  }
}

bool needs_privilege(Feature feature) {
  return feature == Feature::raw || feature == Feature::packet || feature == Feature::bind_to_device;
}

bool is_refusal(Error error, Feature feature) {
  return is_refusal(error) || (needs_privilege(feature) && error == Errc::eperm);
}

bool has_refusal(Feature feature) {
  switch (feature) {
    case Feature::udp_unreachable:
    case Feature::connect_refused:
    case Feature::backlog:
    case Feature::server_reuse_address:
    case Feature::threads:
    case Feature::virtual_clock:
      return false;
    default:
      return true;
  }
}

std::optional<Feature> unclaimed_feature(const Case& tested, const Backend& backend) {
  for (Feature feature : tested.features) {
    if (!backend.supports(feature).claimed()) return feature;
  }
  return std::nullopt;
}

Verdict judge(const Case& tested, const Backend& backend, const std::optional<Failure>& failure,
              const std::optional<std::string>& expectation) {
  if (const std::optional<Feature> feature = unclaimed_feature(tested, backend)) {
    const std::string claim =
        std::string(feature_text(*feature)) + ": " + std::string(backend.supports(*feature).reason);
    if (!failure) return {Outcome::unexpected_pass, "passed, though not claimed: " + claim};
    // Whichever of them it came upon first.
    for (const Feature each : tested.features) {
      if (backend.supports(each).claimed()) continue;
      if (!has_refusal(each) || (failure->error && is_refusal(*failure->error, each))) return {Outcome::refused, claim};
    }
    if (expectation) return {Outcome::expected_failure, *expectation + " (" + failure->text + ")"};
    return {Outcome::failed, "not claimed (" + claim + "), yet not refused as documented: " + failure->text};
  }
  if (expectation) {
    if (!failure) return {Outcome::unexpected_pass, "passed, though expected to fail: " + *expectation};
    return {Outcome::expected_failure, *expectation + " (" + failure->text + ")"};
  }
  if (failure) return {Outcome::failed, failure->text};
  return {Outcome::passed, ""};
}

}  // namespace everysock::conformance
