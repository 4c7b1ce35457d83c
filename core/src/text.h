// Debian's abseil has a string_view of its own; newer ones use std::string_view. This converts where it matters.
#ifndef EVERYSOCK_CORE_TEXT_H_
#define EVERYSOCK_CORE_TEXT_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace everysock::internal {

inline absl::string_view absl_view(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_TEXT_H_
