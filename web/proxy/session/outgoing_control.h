// Control messages on their way to the target, with the sockets that they pass.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_OUTGOING_CONTROL_H_
#define EVERYSOCK_WEB_PROXY_SESSION_OUTGOING_CONTROL_H_

#include <span>
#include <utility>
#include <vector>

#include "everysock/backend.h"
#include "web/proxy/session/session_state.h"

namespace everysock::proxy {

// Holds duplicates of the sockets, so that a message which waits still has them when the client has closed its own.
// They count as sockets in the client's quota.
class OutgoingControl {
 public:
  explicit OutgoingControl(SessionState& session) : session_(&session) {}
  OutgoingControl(OutgoingControl&& other) noexcept
      : session_(other.session_), held_(std::exchange(other.held_, {})), items_(std::exchange(other.items_, {})) {}
  OutgoingControl& operator=(OutgoingControl&& other) noexcept {
    std::swap(session_, other.session_);
    held_.swap(other.held_);
    items_.swap(other.items_);
    return *this;
  }
  ~OutgoingControl();

  void add(ControlMessage item) { items_.push_back(std::move(item)); }
  // SCM_RIGHTS. ETOOMANYREFS beyond the quota.
  Result<void> add_sockets(std::span<const Handle> sockets);

  std::span<const ControlMessage> items() const noexcept { return items_; }

 private:
  SessionState* session_;
  std::vector<Handle> held_;
  std::vector<ControlMessage> items_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_OUTGOING_CONTROL_H_
