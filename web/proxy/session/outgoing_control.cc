#include "web/proxy/session/outgoing_control.h"

#include "everysock/control_messages.h"

namespace everysock::proxy {

OutgoingControl::~OutgoingControl() {
  Backend& backend = session_->context.loop.served();
  // Whatever close() reports, the handles are gone.
  for (const Handle handle : held_) (void)backend.close(handle);
  session_->held_sockets -= held_.size();
}

Result<void> OutgoingControl::add_sockets(std::span<const Handle> sockets) {
  Backend& backend = session_->context.loop.served();
  if (session_->open_sockets() + sockets.size() > session_->context.quotas.sockets) {
    session_->context.metrics.add(Metric::quota_refused);
    return fail(Operation::send, Errc::etoomanyrefs);
  }
  Rights rights;
  for (const Handle socket : sockets) {
    const auto duplicate = backend.duplicate(socket);
    if (!duplicate) return Unexpected(duplicate.error().in(Operation::send));
    held_.push_back(*duplicate);
    ++session_->held_sockets;
    rights.descriptors.push_back(backend.native(*duplicate));
  }
  items_.push_back(rights.message());
  return {};
}

}  // namespace everysock::proxy
