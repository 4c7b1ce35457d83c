// Name resolution: addresses for a host and a service, and back.
//
// These functions may block for as long as a name server takes; no socket time-out applies. Any thread.
//
// A host is numeric ("127.0.0.1", "::1", "fe80::1%eth0") or a name. A name may be of any script, in UTF-8: it is
// translated as idna.h says. Usage errors: a NUL in a text (embedded_nul), a label that is empty or longer than 63
// bytes (host_label), a name longer than 253 (host_too_long), text that does not translate (host_encoding).
//
// Source: Python documentation, "Other functions" (spec rows function/getaddrinfo, getnameinfo, behaviour/B59);
// getaddrinfo(3), getnameinfo(3), RFC 3493, RFC 4007 (zones).
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
// badflags, again, fail ...). Audit event: audit::Getaddrinfo.
Result<std::vector<AddressInfo>> getaddrinfo(std::optional<std::string_view> host, const Service& port,
                                             AddressFamily family = af_unspec, SocketKind type = {},
                                             Protocol proto = {}, AddressInfoFlags flags = {},
                                             Backend& backend = default_backend());

// (host, port) as text, steered by NI_* flags; a host that is not numeric is refused (GaiErrc::noname). A scope id is
// appended to an IPv6 host that stays numeric: "fe80::1%eth0", or "%" and the number where there is no such interface.
// Usage errors: port_out_of_range, flowinfo_out_of_range, address_form (an Inet6Address with an IPv4 host). Errors: gai
// (noname with ni_namereqd, family for other forms). Audit event: audit::Getnameinfo.
Result<NameInfo> getnameinfo(const Address& sockaddr, NameInfoFlags flags, Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_NAMES_H_
