// Host names that are not ASCII. everysock/idna.h says what is done, and by which documents.
//
// Our own code, since no library serves every target: libidn2 (with libunistring) is not to be had for pages, WASI and
// Windows, glibc's AI_IDN is one system's, and ICU brings tens of megabytes.
#ifndef EVERYSOCK_CORE_IDNA_IDNA_H_
#define EVERYSOCK_CORE_IDNA_IDNA_H_

#include <optional>
#include <string>
#include <string_view>

namespace everysock::internal::idna {

// The ASCII form of a host name in UTF-8; nothing where it has none. The lengths of labels are not looked at.
std::optional<std::string> to_ascii(std::string_view host);

}  // namespace everysock::internal::idna

#endif  // EVERYSOCK_CORE_IDNA_IDNA_H_
