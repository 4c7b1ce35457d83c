// The proxy itself: a listening socket and the connections that come from it.
#ifndef EVERYSOCK_WEB_PROXY_SERVER_H_
#define EVERYSOCK_WEB_PROXY_SERVER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "everysock/socket.h"
#include "web/proxy/client_connection.h"
#include "web/proxy/config.h"
#include "web/proxy/http/http_connection.h"
#include "web/proxy/http/http_service.h"
#include "web/proxy/lookup_pool.h"
#include "web/proxy/loop/event_loop.h"
#include "web/proxy/session/session_context.h"

namespace everysock::proxy {

class Server final : public ReadyHandler, public HttpConnection::Owner, public ClientConnection::Owner {
 public:
  // Listens on `own`, serves `served`. The error is for a person and names what is in the way: "cannot listen on
  // 127.0.0.1:8765: the port is taken". Both backends must outlive the server.
  static Parsed<std::unique_ptr<Server>> start(Config config, Backend& own, Backend& served);
  ~Server() override;

  // "http://127.0.0.1:8765/".
  std::string url() const;
  std::uint16_t port() const noexcept { return port_; }

  // Serves until stop(), then says goodbye to the clients (close code 1001), for two seconds at most. An error of the
  // system's that ends it before is returned.
  Result<void> run();
  // Any thread.
  void stop();
  // For programs that run turns themselves (tests).
  EventLoop& loop() noexcept { return *loop_; }
  const Metrics& metrics() const noexcept { return metrics_; }
  // Whether lookups are running which nothing can interrupt.
  bool lookups_running() { return lookups_->busy(); }

 private:
  Server(Config config, std::unique_ptr<EventLoop> loop, AuditLog audit);
  Parsed<void> prepare_unix_names();
  std::string hostname_for_clients();
  Parsed<void> listen();
  Gate make_gate() const;

  void on_ready(Interest ready) override;
  void pause_accepting();
  bool is_full() const { return clients_.size() >= config_.max_clients; }
  HttpResponse respond(const HttpRequest& request, const Address& peer) override;
  void on_upgrade(HttpConnection& connection, Socket socket, std::string input,
                  std::optional<websocket::ProtocolError> refusal) override;
  void on_closed(HttpConnection& connection) override;
  void on_closed(ClientConnection& connection) override;
  void bury_later();

  const Config config_;
  const AccessPolicy policy_;
  Metrics metrics_;
  AuditLog audit_;
  std::unique_ptr<EventLoop> loop_;
  std::unique_ptr<LookupPool> lookups_;
  UnixSettings unix_settings_;
  SessionContext context_;
  Socket listener_;
  EventLoop::Watch listener_watch_;
  std::uint16_t port_ = 0;
  std::unique_ptr<HttpService> http_service_;
  std::uint64_t next_client_ = 1;
  std::unordered_map<const HttpConnection*, std::unique_ptr<HttpConnection>> http_connections_;
  std::unordered_map<const ClientConnection*, std::unique_ptr<ClientConnection>> clients_;
  // Connections that are being told why they are refused.
  std::unordered_map<const ClientConnection*, std::unique_ptr<ClientConnection>> refused_;
  // Connections that are over, until they have returned to the loop.
  std::vector<std::unique_ptr<ReadyHandler>> over_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SERVER_H_
