// Raising audit events.
#ifndef EVERYSOCK_CORE_AUDIT_H_
#define EVERYSOCK_CORE_AUDIT_H_

#include <atomic>

#include "everysock/audit.h"

namespace everysock::internal {

struct AuditHookNode;
extern std::atomic<AuditHookNode*> first_audit_hook;

// Asks every hook in turn; the first error, as one of `operation`.
Result<void> ask_audit_hooks(Operation operation, const AuditEvent& event);

// audit<audit::Bind>(Operation::bind, socket, address): the arguments are the members of the event.
template <typename Event, typename... Arguments>
Result<void> audit(Operation operation, const Arguments&... arguments) {
  if (first_audit_hook.load(std::memory_order_relaxed) == nullptr) [[likely]]
    return {};
  return ask_audit_hooks(operation, Event{arguments...});
}

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_AUDIT_H_
