#include "web/proxy/session/session_state.h"

#include "web/proxy/session/proxied_socket.h"

namespace everysock::proxy {
namespace {

constexpr double kAuditLinesPerSecond = 50;

}  // namespace

SessionState::SessionState(std::uint64_t client_id, SessionContext& shared, ClientLink& client_link)
    : client(client_id),
      context(shared),
      link(client_link),
      outbox(client_link),
      unix_names(shared.unix_settings, client_id),
      connect_rate(shared.quotas.connects_per_second),
      lookup_rate(shared.quotas.lookups_per_second),
      audit_rate(kAuditLinesPerSecond) {}

// Sockets use the rest of the state until they are gone.
SessionState::~SessionState() {
  sockets.clear();
  retired.clear();
}

void SessionState::reply_failed(websocket::WireHandle handle, std::uint32_t request, Error error) {
  outbox.add(handle, websocket::Failed{request, error});
}

void SessionState::audit(std::string_view event, std::string_view target, std::string_view outcome,
                         std::string_view reason) {
  if (!context.audit.enabled()) return;
  if (!audit_rate.take(context.loop.now())) {
    ++audit_suppressed;
    return;
  }
  if (audit_suppressed > 0) context.audit.write("suppressed", client, {{"lines", audit_suppressed}});
  audit_suppressed = 0;
  if (reason.empty()) {
    context.audit.write(event, client, {{"target", target}, {"outcome", outcome}});
  } else {
    context.audit.write(event, client, {{"target", target}, {"outcome", outcome}, {"reason", reason}});
  }
}

void SessionState::audit_result(std::string_view event, std::string_view target, const Result<void>& result) {
  if (result) {
    audit(event, target, "done");
  } else {
    audit(event, target, "failed", result.error().name());
  }
}

void SessionState::audit_refusal(std::string_view event, std::string_view target, std::string_view reason) {
  context.metrics.add(Metric::operations_refused);
  audit(event, target, "refused", reason);
}

void SessionState::retire(websocket::WireHandle handle) {
  auto node = sockets.extract(handle);
  if (node.empty()) return;
  retired.push_back(std::move(node.mapped()));
  link.output_pending();
  watch_listeners_again();
}

void SessionState::watch_listeners_again() {
  if (listeners == 0) return;
  for (const auto& [handle, socket] : sockets) socket->room_for_sockets();
}

websocket::WireHandle SessionState::new_server_handle() {
  for (;;) {
    const websocket::WireHandle handle = next_server_handle++;
    if (next_server_handle == 0) next_server_handle = websocket::first_server_handle;
    if (!sockets.contains(handle)) return handle;
  }
}

}  // namespace everysock::proxy
