// From the address a program gives to the numeric one that a backend takes.
#ifndef EVERYSOCK_CORE_RESOLVE_H_
#define EVERYSOCK_CORE_RESOLVE_H_

#include "everysock/backend.h"

namespace everysock::internal {

// Checks that `address` fits sockets of `family` and `protocol` and looks its host up where it is a name. Returns
// `address` itself where nothing had to change (the usual case, which copies nothing), otherwise `storage`.
Result<const Address*> resolve(Operation operation, Backend& backend, AddressFamily family, Protocol protocol,
                               const Address& address, Address& storage);

// The first address of `host`, in ASCII, with port 0: an InetAddress for af_inet, an Inet6Address for af_inet6, either
// for af_unspec. "<broadcast>" is an IPv4 address; "" is the wildcard of a family. Errors: gai.
Result<Address> resolve_host(Operation operation, Backend& backend, AddressFamily family, const Host& host);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_RESOLVE_H_
