#include "everysock/hostname.h"

#include "everysock/backend.h"
#include "src/audit.h"
#include "src/renamed.h"

namespace everysock {

Result<std::string> gethostname(Backend& backend) {
  constexpr Operation kOperation = Operation::gethostname;
  if (const auto allowed = internal::audit<audit::Gethostname>(kOperation); !allowed) {
    return Unexpected(allowed.error());
  }
  return internal::renamed(kOperation, backend.resolver().gethostname());
}

Result<void> sethostname(std::string_view name, Backend& backend) {
  constexpr Operation kOperation = Operation::sethostname;
  if (name.find('\0') != std::string_view::npos) return fail(kOperation, UsageErrc::embedded_nul);
  if (const auto allowed = internal::audit<audit::Sethostname>(kOperation, name); !allowed) return allowed;
  return internal::renamed(kOperation, backend.resolver().sethostname(name));
}

}  // namespace everysock
