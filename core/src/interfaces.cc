#include "everysock/interfaces.h"

#include "everysock/backend.h"
#include "src/renamed.h"

namespace everysock {

using internal::renamed;

Result<std::vector<InterfaceName>> if_nameindex(Backend& backend) {
  return renamed(Operation::if_nameindex, backend.resolver().if_nameindex());
}

Result<std::uint32_t> if_nametoindex(std::string_view if_name, Backend& backend) {
  if (if_name.find('\0') != std::string_view::npos) return fail(Operation::if_nametoindex, UsageErrc::embedded_nul);
  return renamed(Operation::if_nametoindex, backend.resolver().if_nametoindex(if_name));
}

Result<std::string> if_indextoname(std::uint32_t if_index, Backend& backend) {
  return renamed(Operation::if_indextoname, backend.resolver().if_indextoname(if_index));
}

}  // namespace everysock
