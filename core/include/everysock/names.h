// Name resolution.
//
// These functions may block for as long as a name server takes; no socket time-out applies.
//
// Source: Python documentation, "Other functions" (spec rows function/getaddrinfo, getnameinfo, gethostname, if_*);
// getaddrinfo(3), getnameinfo(3), RFC 3493, if_nameindex(3).
#ifndef EVERYSOCK_NAMES_H_
#define EVERYSOCK_NAMES_H_

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/backend.h"
#include "everysock/default_backend.h"
#include "everysock/resolver.h"

namespace everysock {

// The port argument of getaddrinfo: a number, a service name ("http"), decimal text, or nothing.
class Service {
 public:
  Service(std::nullopt_t) {}
  Service(const char* name) : text_(name) {}
  Service(std::string_view name) : text_(name) {}
  Service(const std::string& name) : text_(name) {}
  template <std::integral T>
  Service(T port) : text_(std::to_string(port)) {}

  const std::optional<std::string>& text() const noexcept { return text_; }

 private:
  std::optional<std::string> text_;
};

// Every address for (host, port), in the order to try them, ready for socket() and connect(). Zeros leave a criterion
// open. A host of nullopt means loopback, or the wildcard with ai_passive. Errors: gai (noname, service, family,
// badflags, again, fail ...).
Result<std::vector<AddressInfo>> getaddrinfo(std::optional<std::string_view> host, const Service& port,
                                             AddressFamily family = af_unspec, SocketKind type = {},
                                             Protocol proto = {}, AddressInfoFlags flags = {},
                                             Backend& backend = default_backend());

// (host, port) as text, steered by NI_* flags; a name that is not numeric is refused (GaiErrc::noname). A meaningful
// scope id is appended to an IPv6 host: "fe80::1%eth0".
Result<NameInfo> getnameinfo(const Address& sockaddr, NameInfoFlags flags, Backend& backend = default_backend());

// The name of this machine.
Result<std::string> gethostname(Backend& backend = default_backend());

// Network interfaces. ENODEV or ENXIO for one that does not exist.
Result<std::vector<InterfaceName>> if_nameindex(Backend& backend = default_backend());
Result<std::uint32_t> if_nametoindex(std::string_view if_name, Backend& backend = default_backend());
Result<std::string> if_indextoname(std::uint32_t if_index, Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_NAMES_H_
