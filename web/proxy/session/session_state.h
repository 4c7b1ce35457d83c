// What a session and its sockets share.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_SESSION_STATE_H_
#define EVERYSOCK_WEB_PROXY_SESSION_SESSION_STATE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "everysock/control_messages.h"
#include "web/proxy/policy/access_policy.h"
#include "web/proxy/policy/quota.h"
#include "web/proxy/session/client_link.h"
#include "web/proxy/session/outbox.h"
#include "web/proxy/session/session_context.h"
#include "web/proxy/session/unix_names.h"

namespace everysock::proxy {

class ProxiedSocket;

// The credit that a client has for every socket at first; widened where a target takes the data fast.
inline constexpr std::uint32_t kInitialWindow = 64u << 10;
inline constexpr std::uint32_t kLargestWindow = 1u << 20;
inline constexpr std::uint32_t kMaxRequests = 1024;

struct SessionState {
  SessionState(std::uint64_t client_id, SessionContext& shared, ClientLink& client_link);
  ~SessionState();

  // Whether what waits for the client is so much that sockets are not read for now.
  bool congested() const { return link.queued() + outbox.size() >= kHighWater; }
  // What the client's quota of sockets is used up by, those in messages that wait included.
  std::size_t open_sockets() const { return sockets.size() - failed_sockets + held_sockets; }
  // Whether one more handle, of the client's or accepted, is within its quota.
  bool has_room_for_socket() const { return open_sockets() < context.quotas.sockets; }

  // Asynchronous requests, from their arrival to their reply. begin() is false if the number is 0 or pending.
  bool request_is_new(std::uint32_t request) const { return request != 0 && !pending_requests.contains(request); }
  bool has_room_for_request() const { return pending_requests.size() < kMaxRequests; }

  // Replies. `operation` errors carry the handle of their request.
  void reply_failed(websocket::WireHandle handle, std::uint32_t request, Error error);

  // One line in the audit log about an operation; at most some dozens a second of each client.
  void audit(std::string_view event, std::string_view target, std::string_view outcome, std::string_view reason = {});
  void audit_result(std::string_view event, std::string_view target, const Result<void>& result);
  void audit_refusal(std::string_view event, std::string_view target, std::string_view reason);

  // Takes a socket out of the session. It is destroyed when its caller has returned.
  void retire(websocket::WireHandle handle);
  // All of them, at once.
  void close_all();
  void watch_listeners_again();
  websocket::WireHandle new_server_handle();

  // The proxy's own, as the served backend shows them to the peers of its sockets; nothing where it shows none.
  const std::optional<Credentials>& own_credentials();
  // A socket of the client's has gone in a message. It is known again when it comes back, by its so_cookie.
  void note_passed(Handle socket, websocket::WireHandle wire);
  // The handle under which the client passed the same socket last, 0 for none.
  websocket::WireHandle passed_as(Handle socket) const;

  const std::uint64_t client;
  SessionContext& context;
  ClientLink& link;
  Outbox outbox;
  UnixNames unix_names;
  NameGrants grants;
  RateLimit connect_rate;
  RateLimit lookup_rate;
  RateLimit audit_rate;
  std::int64_t audit_suppressed = 0;

  std::uint32_t features = 0;       // of the protocol, that both ends have
  std::uint32_t client_window = 0;  // for data to the client, from its hello
  std::size_t widened = 0;          // bytes of credit beyond the initial windows
  std::unordered_map<websocket::WireHandle, std::unique_ptr<ProxiedSocket>> sockets;
  std::vector<std::unique_ptr<ProxiedSocket>> retired;
  std::size_t failed_sockets = 0;
  std::size_t held_sockets = 0;  // duplicates in OutgoingControl
  std::size_t listeners = 0;
  websocket::WireHandle next_server_handle = websocket::first_server_handle;
  std::unordered_set<std::uint32_t> pending_requests;
  // Sockets that have something for the client, in the order of their turns.
  std::deque<ProxiedSocket*> readable;

 private:
  std::string cookie_of(Handle socket) const;

  std::optional<std::optional<Credentials>> own_credentials_;  // once they have been asked for
  std::deque<std::pair<std::string, websocket::WireHandle>> passed_;

  static constexpr std::size_t kHighWater = 256u << 10;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_SESSION_STATE_H_
