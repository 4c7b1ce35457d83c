// What a backend can do, asked at run time: Backend::supports(Feature).
#ifndef EVERYSOCK_FEATURE_H_
#define EVERYSOCK_FEATURE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace everysock {

// A capability that some backends have and others lack. Each is used in the conformance suite under its enumerator's
// name; feature.inc lists them with the error that the documentation asks for where the feature is missing.
enum class Feature : std::uint8_t {
#define EVERYSOCK_FEATURE(enumerator, text) enumerator,
#include "everysock/feature.inc"
#undef EVERYSOCK_FEATURE
};

enum class SupportLevel : std::uint8_t {
  native,       // the operating system does it
  emulated,     // the backend does it itself, to the same visible effect
  proxied,      // a proxy elsewhere does it
  ignored,      // accepted, without effect that a program could see
  unsupported,  // refused with the documented error
};

struct Support {
  SupportLevel level = SupportLevel::unsupported;
  // For a person: why, or how. Never empty where the level is ignored or unsupported. Static storage.
  std::string_view reason;

  constexpr bool claimed() const noexcept { return level != SupportLevel::unsupported; }
};

// "unix_abstract".
std::string_view feature_name(Feature feature) noexcept;
// "AF_UNIX abstract names".
std::string_view feature_text(Feature feature) noexcept;
// "native", "emulated", ...
std::string_view support_level_name(SupportLevel level) noexcept;

}  // namespace everysock

#endif  // EVERYSOCK_FEATURE_H_
