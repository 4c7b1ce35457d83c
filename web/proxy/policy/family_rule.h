// The rules of --allow-family: families of sockets other than AF_INET, AF_INET6 and AF_UNIX, by name. Their addresses
// are no Internet addresses, so a rule opens the whole family: whatever its sockets can reach from the proxy's machine.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_FAMILY_RULE_H_
#define EVERYSOCK_WEB_PROXY_POLICY_FAMILY_RULE_H_

#include <optional>
#include <string_view>

#include "everysock/constants.h"
#include "everysock/feature.h"
#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

// "vsock", in either case. AF_ALG is not among them: its accept() needs no listen(), which everysock.v1 has no word
// for.
Parsed<AddressFamily> parse_family(std::string_view text);

// Whether it is one of those.
bool needs_family_rule(AddressFamily family) noexcept;

// The family of such a rule that `feature` is a part of.
std::optional<AddressFamily> family_of(Feature feature) noexcept;

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_FAMILY_RULE_H_
