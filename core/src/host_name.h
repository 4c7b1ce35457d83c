// From the host text that a program gives to the one that a resolver is asked for.
#ifndef EVERYSOCK_CORE_HOST_NAME_H_
#define EVERYSOCK_CORE_HOST_NAME_H_

#include <string>
#include <string_view>

#include "everysock/error.h"

namespace everysock::internal {

// `host` in ASCII (idna.h). Refused: a NUL (embedded_nul), an empty label or one of more than 63 bytes (host_label),
// more than 253 bytes (host_too_long), text that cannot be translated (host_encoding). "" stays "".
Result<std::string> to_host_name(Operation operation, std::string_view host);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_HOST_NAME_H_
