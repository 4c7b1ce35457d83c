// The host database: a host's primary name, its aliases and its addresses. Older than getaddrinfo() (names.h), which
// new programs use: the first two functions know IPv4 alone.
//
// They may block for as long as a name server takes. Any thread. A host given as a name may be of any script; usage
// errors as in names.h.
//
//   const HostEntry entry = gethostbyaddr("127.0.0.1").value();
//   std::cout << entry.hostname;                              // localhost
//
// Source: Python documentation, "Other functions" (spec rows function/gethostbyname, gethostbyname_ex, gethostbyaddr,
// getfqdn, exception/herror); gethostbyname(3).
#ifndef EVERYSOCK_HOST_DATABASE_H_
#define EVERYSOCK_HOST_DATABASE_H_

#include <string>
#include <string_view>

#include "everysock/default_backend.h"
#include "everysock/error.h"
#include "everysock/resolver.h"

namespace everysock {

// The first IPv4 address of a host, as text. A numeric one is returned as it is; "" gives "0.0.0.0", "<broadcast>"
// gives "255.255.255.255". gai errors: noname, addrfamily (an IPv6 address, or a host that has no other), again, fail.
// Audit event: audit::Gethostbyname.
Result<std::string> gethostbyname(std::string_view hostname, Backend& backend = default_backend());

// The whole entry, with all IPv4 addresses. A numeric address gives itself, without aliases. Errors: gai where the
// name leads to no address, herror (HostErrc) where the database fails otherwise ("" and "<broadcast>" are not in it).
// Audit event: audit::Gethostbyname.
Result<HostEntry> gethostbyname_ex(std::string_view hostname, Backend& backend = default_backend());

// The entry of the host with an IPv4 or IPv6 address; a name is resolved first. Errors: HostErrc::host_not_found where
// the address has no name; gai where a name does not resolve. Audit event: audit::Gethostbyaddr.
Result<HostEntry> gethostbyaddr(std::string_view ip_address, Backend& backend = default_backend());

// The first name with a dot in it among the primary name and the aliases of `name` (as gethostbyaddr() knows them),
// otherwise the primary name; where the lookup fails, `name` itself. Blanks around it are dropped; "", "0.0.0.0" and
// "::" mean this machine (gethostname()). Errors: usage errors, those of gethostname(), and what an audit hook says to
// the events of the two.
Result<std::string> getfqdn(std::string_view name = "", Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_HOST_DATABASE_H_
