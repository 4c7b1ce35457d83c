#include "everysock/services.h"

#include "everysock/backend.h"
#include "src/audit.h"
#include "src/renamed.h"

namespace everysock {
namespace {

using internal::renamed;

bool has_nul(std::optional<std::string_view> text) { return text && text->find('\0') != std::string_view::npos; }

}  // namespace

Result<std::uint16_t> getservbyname(std::string_view servicename, std::optional<std::string_view> protocolname,
                                    Backend& backend) {
  constexpr Operation kOperation = Operation::getservbyname;
  if (has_nul(servicename) || has_nul(protocolname)) return fail(kOperation, UsageErrc::embedded_nul);
  const auto allowed = internal::audit<audit::Getservbyname>(kOperation, servicename, protocolname);
  if (!allowed) return Unexpected(allowed.error());
  return renamed(kOperation,
                 backend.resolver().getservbyname(std::string(servicename), std::optional<std::string>(protocolname)));
}

Result<std::string> getservbyport(std::int32_t port, std::optional<std::string_view> protocolname, Backend& backend) {
  constexpr Operation kOperation = Operation::getservbyport;
  if (port < 0 || port > 65535) return fail(kOperation, UsageErrc::port_out_of_range, port);
  if (has_nul(protocolname)) return fail(kOperation, UsageErrc::embedded_nul);
  const auto allowed = internal::audit<audit::Getservbyport>(kOperation, port, protocolname);
  if (!allowed) return Unexpected(allowed.error());
  return renamed(kOperation, backend.resolver().getservbyport(static_cast<std::uint16_t>(port),
                                                              std::optional<std::string>(protocolname)));
}

Result<Protocol> getprotobyname(std::string_view protocolname, Backend& backend) {
  constexpr Operation kOperation = Operation::getprotobyname;
  if (has_nul(protocolname)) return fail(kOperation, UsageErrc::embedded_nul);
  return renamed(kOperation, backend.resolver().getprotobyname(std::string(protocolname)));
}

}  // namespace everysock
