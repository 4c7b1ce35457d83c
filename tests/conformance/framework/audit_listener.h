// What a case hears of its own calls. Hooks cannot be removed: there is one for the whole run, and it passes events on
// to the listener of the thread that raises them, where there is one.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_AUDIT_LISTENER_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_AUDIT_LISTENER_H_

#include <optional>
#include <string>
#include <vector>

#include "everysock/audit.h"

namespace everysock::conformance {

// From its making to its end, on this thread.
class AuditListener {
 public:
  AuditListener();
  ~AuditListener();
  AuditListener(const AuditListener&) = delete;
  AuditListener& operator=(const AuditListener&) = delete;

  // Every call is refused from now on, with EPERM; allowed again.
  void refuse() { refuses_ = true; }
  void allow() { refuses_ = false; }

  // The events since the last call of this, each as its name and its arguments:
  // "socket.connect(<Socket fd=...>, 127.0.0.1:80)". What is not given is "none", text is quoted.
  std::vector<std::string> take();

  Result<void> hear(const AuditEvent& event);

 private:
  bool refuses_ = false;
  std::vector<std::string> heard_;
};

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_AUDIT_LISTENER_H_
