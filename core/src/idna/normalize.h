// The mapping of RFC 5895 and the composed normal form (NFC, UAX #15).
#ifndef EVERYSOCK_CORE_IDNA_NORMALIZE_H_
#define EVERYSOCK_CORE_IDNA_NORMALIZE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace everysock::internal::idna {

// In lower case, without differences of width, composed.
std::u32string map_and_compose(std::u32string_view text);

// Above 0: a mark that combines with the character in front of it.
std::uint8_t combining_class(char32_t c) noexcept;

// RFC 3454, tables C.1.2, C.2.2 and C.3 to C.9.
bool is_prohibited(char32_t c) noexcept;

}  // namespace everysock::internal::idna

#endif  // EVERYSOCK_CORE_IDNA_NORMALIZE_H_
