// Network interfaces by name and by index. Any thread.
//
// EOPNOTSUPP where the backend has none to speak of; EACCES where a proxy's rules keep them to themselves.
//
// Source: Python documentation, "Other functions" (spec rows function/if_*); if_nameindex(3), if_nametoindex(3).
#ifndef EVERYSOCK_INTERFACES_H_
#define EVERYSOCK_INTERFACES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/default_backend.h"
#include "everysock/error.h"
#include "everysock/resolver.h"

namespace everysock {

// Every interface; indices are above 0.
Result<std::vector<InterfaceName>> if_nameindex(Backend& backend = default_backend());

// ENODEV for a name that no interface has; UsageErrc::embedded_nul.
Result<std::uint32_t> if_nametoindex(std::string_view if_name, Backend& backend = default_backend());

// ENXIO for an index that no interface has, and for 0.
Result<std::string> if_indextoname(std::uint32_t if_index, Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_INTERFACES_H_
