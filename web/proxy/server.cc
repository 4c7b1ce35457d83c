#include "web/proxy/server.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>
#include <utility>

#include "platform/file_path.h"
#include "platform/private_directory.h"
#include "web/proxy/text.h"

namespace everysock::proxy {

using websocket::ProtocolError;

namespace {

constexpr int kBacklog = 512;
constexpr int kAcceptsPerTurn = 16;
// Connections that have not become WebSockets (yet), beside the clients.
constexpr std::size_t kMaxHttpConnections = 256;
// What is left in a frame of the size that every client takes, beside the other fields of a datagram.
constexpr std::size_t kScratch = websocket::min_max_frame - 128;
// Connections at a time that learn by a close frame why they are refused; further ones get a status.
constexpr std::size_t kMaxRefused = 32;
constexpr std::int64_t kSecond = 1'000'000'000;

std::string host_and_port(const Host& host, std::uint16_t port) {
  return host.is_ipv6() ? text::join("[", host.str(), "]:", port) : text::join(host.str(), ":", port);
}

// A name and the same with the port, as browsers write it; the port of http is left out by them.
void add_host(std::vector<std::string>& hosts, const std::string& name, std::uint16_t port) {
  hosts.push_back(text::join(name, ":", port));
  if (port == 80) hosts.push_back(name);
}

}  // namespace

Parsed<std::unique_ptr<Server>> Server::start(Config config, Backend& own, Backend& served) {
  AuditLog audit;
  if (!config.audit.empty()) {
    auto opened = AuditLog::open(config.audit);
    if (!opened) return tl::unexpected(text::join("--audit '", config.audit, "': ", opened.error()));
    audit = *std::move(opened);
  }
  auto loop = EventLoop::create(own, served);
  if (!loop) return tl::unexpected(text::join("no event loop: ", loop.error().message()));
  std::unique_ptr<Server> server(new Server(std::move(config), *std::move(loop), std::move(audit)));
  if (auto prepared = server->prepare_unix_names(); !prepared) return tl::unexpected(std::move(prepared.error()));
  if (auto listening = server->listen(); !listening) return tl::unexpected(std::move(listening.error()));
  return server;
}

Server::Server(Config config, std::unique_ptr<EventLoop> loop, AuditLog audit)
    : config_(std::move(config)),
      policy_(config_.rules),
      audit_(std::move(audit)),
      loop_(std::move(loop)),
      lookups_(std::make_unique<LookupPool>(*loop_, config_.lookup_threads)),
      context_{*loop_,
               *lookups_,
               policy_,
               config_.token,
               config_.quotas,
               metrics_,
               audit_,
               unix_settings_,
               hostname_for_clients(),
               static_cast<std::uint32_t>(config_.client_limits.ping_seconds * 1000),
               std::vector<char>(kScratch)} {}

Server::~Server() {
  http_connections_.clear();
  clients_.clear();
  refused_.clear();
  over_.clear();
  listener_watch_ = {};
  std::error_code ignored;
  const auto directory = platform::file_path(unix_settings_.directory);
  if (directory && !directory->empty()) std::filesystem::remove_all(*directory, ignored);
}

// Where clients' AF_UNIX names really are. The memory backend's names are no files.
Parsed<void> Server::prepare_unix_names() {
  std::random_device random;
  for (int i = 0; i < 4; ++i) unix_settings_.nonce += text::join(random(), ".");
  unix_settings_.allowed = config_.unix_paths;
  if (config_.backend == ServedBackend::memory) return {};
  unix_settings_.directory = platform::make_private_directory();
  if (!unix_settings_.directory.empty()) return {};
  return tl::unexpected(text::join("cannot make a directory for the AF_UNIX sockets of clients in ",
                                   platform::private_directory_place(), ": ", std::strerror(errno)));
}

std::string Server::hostname_for_clients() {
  if (policy_.machine_facts()) return "localhost";
  return loop_->served().resolver().gethostname().value_or("localhost");
}

Parsed<void> Server::listen() {
  const std::string where = host_and_port(config_.listen, config_.port);
  CreateServerOptions options;
  options.family = config_.listen.is_ipv6() ? af_inet6 : af_inet;
  options.backlog = kBacklog;
  auto listener = create_server({config_.listen, config_.port}, options, loop_->own());
  if (!listener) {
    const Error error = listener.error();
    const std::string why = error == Errc::eaddrinuse
                                ? "another program has taken this port (--port chooses another, 0 any free one)"
                            : error == Errc::eacces        ? "this user may not take this port (--port chooses another)"
                            : error == Errc::eaddrnotavail ? "this machine has no such address"
                                                           : error.message();
    return tl::unexpected(text::join("cannot listen on ", where, ": ", why));
  }
  listener_ = *std::move(listener);
  const auto name = listener_.getsockname();
  const auto endpoint = name ? ip_endpoint(*name) : std::nullopt;
  if (!endpoint || !listener_.setblocking(false)) return tl::unexpected(text::join("cannot listen on ", where));
  port_ = endpoint->port;
  http_service_ = std::make_unique<HttpService>(make_gate(), config_.files, config_.metrics_access,
                                                [this] { return metrics_.prometheus_text(); });
  listener_watch_ = loop_->watch_own(listener_.handle(), *this);
  if (const auto watching = listener_watch_.set(Interest::read); !watching) {
    return tl::unexpected(text::join("cannot listen on ", where, ": ", watching.error().message()));
  }
  audit_.write("listening", 0, {{"url", url()}, {"backend", loop_->served().name()}});
  return {};
}

Gate Server::make_gate() const {
  std::vector<std::string> hosts;
  const auto address = IpAddress::literal(config_.listen);
  if (address && !address->is_unspecified()) {
    add_host(hosts, config_.listen.is_ipv6() ? text::join("[", config_.listen.str(), "]") : config_.listen.str(),
             port_);
  }
  if (address && (address->is_loopback() || address->is_unspecified())) {
    for (const char* name : {"localhost", "127.0.0.1", "[::1]"}) add_host(hosts, name, port_);
  }
  for (const std::string& host : config_.hosts) {
    hosts.push_back(host);
    add_host(hosts, host, port_);
  }
  return Gate(std::move(hosts), config_.origins);
}

std::string Server::url() const {
  const auto address = IpAddress::literal(config_.listen);
  const bool anywhere = address && address->is_unspecified();
  return text::join("http://", anywhere ? text::join("localhost:", port_) : host_and_port(config_.listen, port_), "/");
}

void Server::on_ready(Interest) {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    auto accepted = listener_.accept();
    if (!accepted) {
      const Error error = accepted.error();
      if (error == Errc::emfile || error == Errc::enfile || error == Errc::enobufs || error == Errc::enomem) {
        pause_accepting();
      }
      return;
    }
    if (http_connections_.size() >= kMaxHttpConnections || !accepted->socket.setblocking(false)) continue;
    auto connection = std::make_unique<HttpConnection>(*loop_, std::move(accepted->socket), accepted->address,
                                                       config_.http_limits, *this);
    HttpConnection& started = *connection;
    http_connections_.emplace(&started, std::move(connection));
    started.start();
  }
}

// With no descriptors left, the listener would stay ready and keep the loop busy.
void Server::pause_accepting() {
  audit_.write("accept-paused", 0, {{"reason", "no file descriptors are left"}});
  (void)listener_watch_.set(Interest::none);
  loop_->call_at(loop_->now() + kSecond, [this] { (void)listener_watch_.set(Interest::read); });
}

HttpResponse Server::respond(const HttpRequest& request, const Address& peer) {
  HttpResponse response = http_service_->respond(request, peer);
  std::string_view reason;
  if (response.status == 101) {
    if (!response.refusal && is_full()) response.refusal = ProtocolError::too_many_clients;
    if (!response.refusal) return response;
    reason = websocket::reason(*response.refusal);
    if (refused_.size() >= kMaxRefused) {
      const int status = response.refusal == ProtocolError::too_many_clients ? 503 : 403;
      response = HttpResponse::text(status, websocket::describe(*response.refusal));
    }
  }
  metrics_.add(wants_websocket(request) ? Metric::clients_refused : Metric::http_requests);
  if (response.status >= 400 || response.refusal) {
    const std::string peer_text = to_string(peer);
    const auto origin = request.single("Origin");
    audit_.write("http-refused", 0,
                 {{"peer", peer_text},
                  {"method", request.method},
                  {"target", request.target},
                  {"origin", origin ? *origin : std::string_view()},
                  {"status", response.status},
                  {"reason", reason}});
  }
  return response;
}

void Server::on_upgrade(HttpConnection& connection, Socket socket, std::string input,
                        std::optional<ProtocolError> refusal) {
  auto client = std::make_unique<ClientConnection>(next_client_++, std::move(socket), connection.peer(), context_,
                                                   config_.client_limits, *this);
  on_closed(connection);
  ClientConnection& started = *client;
  // Others may have come while the response went out.
  if (!refusal && is_full()) refusal = ProtocolError::too_many_clients;
  if (refusal) {
    refused_.emplace(&started, std::move(client));
    started.refuse(input, static_cast<CloseCode>(websocket::close_code(*refusal)), websocket::reason(*refusal));
  } else {
    clients_.emplace(&started, std::move(client));
    started.start(input);
  }
}

void Server::on_closed(HttpConnection& connection) {
  auto node = http_connections_.extract(&connection);
  if (node.empty()) return;
  over_.push_back(std::move(node.mapped()));
  bury_later();
}

void Server::on_closed(ClientConnection& connection) {
  auto node = clients_.extract(&connection);
  if (node.empty()) node = refused_.extract(&connection);
  if (node.empty()) return;
  over_.push_back(std::move(node.mapped()));
  bury_later();
}

void Server::bury_later() {
  if (over_.size() == 1) loop_->post([this] { over_.clear(); });
}

Result<void> Server::run() {
  if (const auto result = loop_->run(); !result) return result;
  listener_watch_ = {};
  (void)listener_.close();
  http_connections_.clear();
  refused_.clear();
  std::vector<ClientConnection*> clients;
  for (const auto& [client, owned] : clients_) clients.push_back(owned.get());
  for (ClientConnection* client : clients) client->close(CloseCode::going_away, "the proxy is ending");
  const Deadline deadline = Deadline::after(loop_->now(), 2 * kSecond);
  while (!clients_.empty() && deadline.left(loop_->now()) > 0) {
    if (const auto result = loop_->turn(deadline); !result) return result;
  }
  audit_.write("ended", 0, {});
  return {};
}

void Server::stop() { loop_->stop(); }

}  // namespace everysock::proxy
