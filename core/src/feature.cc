#include "everysock/feature.h"

#include <cstddef>
#include <iterator>

namespace everysock {
namespace {

struct Entry {
  std::string_view name;
  std::string_view text;
};

constexpr Entry kFeatures[] = {
#define EVERYSOCK_FEATURE(enumerator, text) {#enumerator, text},
#include "everysock/feature.inc"
#undef EVERYSOCK_FEATURE
};

Entry entry(Feature feature) {
  const auto index = static_cast<std::size_t>(feature);
  return index < std::size(kFeatures) ? kFeatures[index] : Entry{"?", "unknown feature"};
}

}  // namespace

std::string_view feature_name(Feature feature) noexcept { return entry(feature).name; }
std::string_view feature_text(Feature feature) noexcept { return entry(feature).text; }

std::string_view support_level_name(SupportLevel level) noexcept {
  switch (level) {
    case SupportLevel::native:
      return "native";
    case SupportLevel::emulated:
      return "emulated";
    case SupportLevel::proxied:
      return "proxied";
    case SupportLevel::ignored:
      return "ignored";
    case SupportLevel::unsupported:
      return "unsupported";
  }
  return "?";
}

}  // namespace everysock
