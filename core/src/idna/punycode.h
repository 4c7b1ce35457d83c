// RFC 3492: Unicode text as letters, digits and hyphens.
#ifndef EVERYSOCK_CORE_IDNA_PUNYCODE_H_
#define EVERYSOCK_CORE_IDNA_PUNYCODE_H_

#include <optional>
#include <string>
#include <string_view>

namespace everysock::internal::idna {

// Without the prefix "xn--". Nothing where the text is too long for the algorithm's 32-bit numbers.
std::optional<std::string> punycode(std::u32string_view text);

}  // namespace everysock::internal::idna

#endif  // EVERYSOCK_CORE_IDNA_PUNYCODE_H_
