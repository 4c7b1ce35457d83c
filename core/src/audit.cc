#include "src/audit.h"

#include <utility>

namespace everysock {
namespace internal {

// A list that only grows, so that reading it needs no lock.
struct AuditHookNode {
  AuditHook hook;
  std::atomic<AuditHookNode*> next{nullptr};
};

std::atomic<AuditHookNode*> first_audit_hook{nullptr};

Result<void> ask_audit_hooks(Operation operation, const AuditEvent& event) {
  for (AuditHookNode* node = first_audit_hook.load(std::memory_order_acquire); node != nullptr;
       node = node->next.load(std::memory_order_acquire)) {
    if (const auto allowed = node->hook(event); !allowed) return Unexpected(allowed.error().in(operation));
  }
  return {};
}

}  // namespace internal

Result<void> add_audit_hook(AuditHook hook) {
  constexpr Operation kOperation = Operation::add_audit_hook;
  if (!hook) return fail(kOperation, Errc::einval);
  if (const auto allowed = internal::audit<audit::AddAuditHook>(kOperation); !allowed) return allowed;
  // Never destroyed: it is in use until the process ends.
  auto* const node = new internal::AuditHookNode{std::move(hook)};
  std::atomic<internal::AuditHookNode*>* place = &internal::first_audit_hook;
  internal::AuditHookNode* taken = nullptr;
  while (!place->compare_exchange_weak(taken, node, std::memory_order_release, std::memory_order_acquire)) {
    if (taken != nullptr) place = &std::exchange(taken, nullptr)->next;
  }
  return {};
}

std::string_view audit_event_name(const AuditEvent& event) noexcept {
  return std::visit([](const auto& one) { return one.name; }, event);
}

}  // namespace everysock
