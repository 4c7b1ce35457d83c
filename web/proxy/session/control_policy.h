// Which control messages a client may send beside its data. Sockets are not looked at here.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_CONTROL_POLICY_H_
#define EVERYSOCK_WEB_PROXY_SESSION_CONTROL_POLICY_H_

#include <cstdint>
#include <optional>

#include "everysock/control_messages.h"
#include "everysock/error.h"
#include "web/proxy/policy/access_policy.h"

namespace everysock::proxy {

// What becomes of one control message.
enum class ControlVerdict : std::uint8_t { send, ignore };

struct ControlContext {
  AddressFamily family;
  std::int32_t port = 0;           // that the socket is bound to
  std::optional<Credentials> own;  // the proxy's
};

// EINVAL: a type that nobody has thought about. ENOPROTOOPT: one of another system than Linux. EPERM: credentials of
// somebody else, whatever the proxy's privileges. EOPNOTSUPP: extension headers, which change where a datagram goes
// behind the policy's back. EACCES: a source address that may not be bound to. What the socket's system would ignore is
// ignored.
Result<ControlVerdict> judge_control(const ControlMessage& item, const ControlContext& context,
                                     const AccessPolicy& policy);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_CONTROL_POLICY_H_
