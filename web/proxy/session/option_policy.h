// Which socket options a client may touch.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_OPTION_POLICY_H_
#define EVERYSOCK_WEB_PROXY_SESSION_OPTION_POLICY_H_

#include <optional>
#include <string_view>

#include "everysock/constants.h"
#include "everysock/error.h"
#include "web/proxy/policy/access_policy.h"

namespace everysock::proxy {

// The refusal of setting `option` to `value`, if it is refused. EPERM: options that reach beyond the socket (devices,
// marks, priorities) or that would keep the proxy from noticing data. EACCES: joining a multicast group that may not
// be connected to. EINVAL: a value longer than any option has.
// Sockets of a family that has a rule of its own may have that family's options.
std::optional<Errc> refuse_set_option(AddressFamily family, OptionLevel level, Option option, std::string_view value,
                                      const AccessPolicy& policy, const NameGrants& grants);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_OPTION_POLICY_H_
