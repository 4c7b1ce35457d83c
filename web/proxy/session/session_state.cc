#include "web/proxy/session/session_state.h"

#include <span>

#include "web/proxy/session/proxied_socket.h"

namespace everysock::proxy {
namespace {

constexpr double kAuditLinesPerSecond = 50;
// As many as a client remembers (docs/protocol.md, section 6).
constexpr std::size_t kMostPassed = 64;

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
SessionState::~SessionState() { close_all(); }

void SessionState::close_all() {
  readable.clear();
  // Those that go look at the others in the map (ProxiedSocket::shares_name()), which is in no state for it while it is
  // being cleared.
  const auto gone = std::exchange(sockets, {});
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

const std::optional<Credentials>& SessionState::own_credentials() {
  if (own_credentials_) return *own_credentials_;
  own_credentials_.emplace();
  Backend& backend = context.loop.served();
  const auto pair = backend.open_pair(af_unix, sock_stream, {});
  if (!pair) return *own_credentials_;
  std::string value(Credentials{}.message().data.size(), '\0');
  const auto size = backend.get_option(pair->first, sol_socket, so_peercred,
                                       std::as_writable_bytes(std::span(value.data(), value.size())));
  if (size && *size == value.size()) *own_credentials_ = Credentials::from(value);
  (void)backend.close(pair->first);
  (void)backend.close(pair->second);
  return *own_credentials_;
}

std::string SessionState::cookie_of(Handle socket) const {
  std::string cookie(sizeof(std::uint64_t), '\0');
  const auto size = context.loop.served().get_option(socket, sol_socket, so_cookie,
                                                     std::as_writable_bytes(std::span(cookie.data(), cookie.size())));
  return size && *size == cookie.size() ? cookie : std::string();
}

void SessionState::note_passed(Handle socket, websocket::WireHandle wire) {
  std::string cookie = cookie_of(socket);
  if (cookie.empty()) return;
  std::erase_if(passed_, [&](const auto& entry) { return entry.second == wire; });
  passed_.emplace_back(std::move(cookie), wire);
  if (passed_.size() > kMostPassed) passed_.pop_front();
}

websocket::WireHandle SessionState::passed_as(Handle socket) const {
  const std::string cookie = cookie_of(socket);
  if (cookie.empty()) return 0;
  for (auto entry = passed_.rbegin(); entry != passed_.rend(); ++entry) {
    if (entry->first == cookie) return entry->second;
  }
  return 0;
}

}  // namespace everysock::proxy
