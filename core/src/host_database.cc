#include "everysock/host_database.h"

#include "absl/strings/ascii.h"

#include "everysock/hostname.h"
#include "src/audit.h"
#include "src/host_name.h"
#include "src/renamed.h"
#include "src/resolve.h"
#include "src/text.h"

namespace everysock {
namespace {

using internal::renamed;

// The name with a dot, if there is one.
std::string fully_qualified(const HostEntry& entry) {
  const auto qualified = [](const std::string& name) { return name.find('.') != std::string::npos; };
  if (qualified(entry.hostname)) return entry.hostname;
  for (const std::string& alias : entry.aliaslist) {
    if (qualified(alias)) return alias;
  }
  return entry.hostname;
}

// What gethostbyaddr() does once it may.
Result<HostEntry> entry_of(const std::string& host, Backend& backend) {
  constexpr Operation kOperation = Operation::gethostbyaddr;
  if (host.empty()) return fail(kOperation, GaiErrc::noname);  // every address of this machine: none in particular
  const auto address = internal::resolve_host(kOperation, backend, af_unspec, host);
  if (!address) return Unexpected(address.error());
  return renamed(kOperation, backend.resolver().gethostbyaddr(*address));
}

}  // namespace

Result<std::string> gethostbyname(std::string_view hostname, Backend& backend) {
  constexpr Operation kOperation = Operation::gethostbyname;
  const auto host = internal::to_host_name(kOperation, hostname);
  if (!host) return Unexpected(host.error());
  const auto allowed = internal::audit<audit::Gethostbyname>(kOperation, hostname);
  if (!allowed) return Unexpected(allowed.error());
  const auto address = internal::resolve_host(kOperation, backend, af_inet, *host);
  if (!address) return Unexpected(address.error());
  return std::get<InetAddress>(*address).host.str();
}

Result<HostEntry> gethostbyname_ex(std::string_view hostname, Backend& backend) {
  constexpr Operation kOperation = Operation::gethostbyname_ex;
  const auto host = internal::to_host_name(kOperation, hostname);
  if (!host) return Unexpected(host.error());
  const auto allowed = internal::audit<audit::Gethostbyname>(kOperation, hostname);
  if (!allowed) return Unexpected(allowed.error());
  if (Host(*host).is_ipv4()) return HostEntry{*host, {}, {*host}};
  if (host->empty() || *host == "<broadcast>") return fail(kOperation, HostErrc::no_recovery);
  auto entry = backend.resolver().gethostbyname_ex(*host);
  if (!entry && entry.error().domain() == ErrorDomain::herror) {
    // Only the resolver proper can say why there is no address; that is the documented error.
    const auto address = internal::resolve_host(kOperation, backend, af_inet, *host);
    if (!address) return Unexpected(address.error());
  }
  return renamed(kOperation, std::move(entry));
}

Result<HostEntry> gethostbyaddr(std::string_view ip_address, Backend& backend) {
  constexpr Operation kOperation = Operation::gethostbyaddr;
  const auto host = internal::to_host_name(kOperation, ip_address);
  if (!host) return Unexpected(host.error());
  const auto allowed = internal::audit<audit::Gethostbyaddr>(kOperation, ip_address);
  if (!allowed) return Unexpected(allowed.error());
  return entry_of(*host, backend);
}

Result<std::string> getfqdn(std::string_view name, Backend& backend) {
  constexpr Operation kOperation = Operation::getfqdn;
  std::string stripped(absl::StripAsciiWhitespace(internal::absl_view(name)));
  if (stripped.empty() || stripped == "0.0.0.0" || stripped == "::") {
    auto own = gethostname(backend);
    if (!own) return renamed(kOperation, std::move(own));
    stripped = *std::move(own);
  }
  const auto host = internal::to_host_name(kOperation, stripped);
  if (!host) return Unexpected(host.error());
  const auto allowed = internal::audit<audit::Gethostbyaddr>(kOperation, std::string_view(stripped));
  if (!allowed) return Unexpected(allowed.error());
  const auto entry = entry_of(*host, backend);
  if (entry) return fully_qualified(*entry);
  if (entry.error().domain() == ErrorDomain::usage) return Unexpected(entry.error().in(kOperation));
  return stripped;
}

}  // namespace everysock
