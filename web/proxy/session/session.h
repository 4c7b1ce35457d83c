// The server's end of docs/protocol.md for one client: messages in, messages out, sockets of the served backend
// between.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_SESSION_H_
#define EVERYSOCK_WEB_PROXY_SESSION_SESSION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "backends/websocket/protocol/frames.h"
#include "web/proxy/session/client_link.h"
#include "web/proxy/session/name_requests.h"
#include "web/proxy/session/proxied_socket.h"
#include "web/proxy/session/session_context.h"
#include "web/proxy/session/session_state.h"

namespace everysock::proxy {

// The loop's thread only. Held by a shared_ptr, so that lookups know whether it still exists. A client that breaks the
// protocol is hung up on through ClientLink::close(), with the code and the reason of section 9.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::uint64_t client, SessionContext& context, ClientLink& link)
      : state_(client, context, link), names_(state_) {}

  // One binary message of the client's.
  void receive(std::string_view message);

  // Whether the client has shown the right token.
  bool greeted() const noexcept { return greeted_; }
  void ping(std::uint64_t payload);

  // At the end of a turn: lets the sockets take turns, then gives out what there is for the client, oldest first.
  void gather_output();
  bool has_output() const noexcept { return !state_.outbox.empty(); }
  std::string take_output() { return state_.outbox.take(); }
  // ClientLink::queued() may have become less: sockets that were paused for it go on.
  void on_queue_changed();

  // Closes all sockets, at once. The session does nothing any more.
  void stop();

 private:
  Violation on_frame(const websocket::Frame& frame);
  Violation on_hello(const websocket::ClientHello& hello);
  void send_hello();
  void hang_up(websocket::ProtocolError error);

  Violation on_body(const websocket::Frame& frame, const websocket::Ping& ping);
  Violation on_body(const websocket::Frame& frame, const websocket::Open& open);
  Violation on_body(const websocket::Frame& frame, const websocket::OpenPair& open);
  template <typename Request>
  Violation on_socket_request(const websocket::Frame& frame, const Request& request);
  template <typename Push>
  Violation on_push(const websocket::Frame& frame, const Push& push);
  template <typename Request>
  Violation on_name_request(const Request& request);

  ProxiedSocket* find(websocket::WireHandle handle);
  Result<void> check_kind(Operation operation, AddressFamily family, SocketKind kind, Protocol protocol);
  Violation add_failed(websocket::WireHandle handle, AddressFamily family, SocketKind kind, Error error);
  ProxiedSocket& add_open(websocket::WireHandle handle, Handle backend_handle, AddressFamily family, SocketKind kind,
                          ProxiedSocket::State state);

  SessionState state_;
  NameRequests names_;
  bool greeted_ = false;
  bool stopped_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_SESSION_H_
