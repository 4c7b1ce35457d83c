#include "everysock/connection.h"

#include "src/renamed.h"

namespace everysock {
namespace {

// One attempt of create_connection.
Result<Socket> connect_to(const AddressInfo& target, const CreateConnectionOptions& options, Backend& backend) {
  auto made = socket(target.family, target.type, target.proto, backend);
  if (!made) return made;
  if (!options.timeout.is_global_default()) {
    if (const auto set = made->settimeout(options.timeout); !set) return Unexpected(set.error());
  }
  if (options.source_address) {
    if (const auto bound = made->bind(*options.source_address); !bound) return Unexpected(bound.error());
  }
  if (const auto connected = made->connect(target.address); !connected) return Unexpected(connected.error());
  return made;
}

Result<void> set_v6only(Socket& socket, bool on) { return socket.setsockopt(ipproto_ipv6, ipv6_v6only, on ? 1 : 0); }

Result<void> check(const CreateServerOptions& options, Backend& backend) {
  constexpr Operation kOperation = Operation::create_server;
  if (options.family != af_inet && options.family != af_inet6) {
    return fail(kOperation, UsageErrc::bad_family, static_cast<std::int32_t>(options.family.value()));
  }
  if (options.reuse_port && !backend.supports(Feature::reuse_port).claimed()) {
    return fail(kOperation, UsageErrc::reuse_port_unsupported);
  }
  if (options.dualstack_ipv6) {
    if (options.family != af_inet6) return fail(kOperation, UsageErrc::dualstack_family);
    if (!has_dualstack_ipv6(backend)) return fail(kOperation, UsageErrc::dualstack_unsupported);
  }
  return {};
}

Result<Socket> make_server(const InetAddress& address, const CreateServerOptions& options, Backend& backend) {
  auto server = socket(options.family, sock_stream, {}, backend);
  if (!server) return server;
  if (backend.supports(Feature::server_reuse_address).claimed()) {
    // A system that refuses it can do without: binding then fails only while old connections linger.
    (void)server->setsockopt(sol_socket, so_reuseaddr, 1);
  }
  if (options.reuse_port) {
    if (const auto set = server->setsockopt(sol_socket, so_reuseport, 1); !set) return Unexpected(set.error());
  }
  if (options.family == af_inet6) {
    if (const auto set = set_v6only(*server, !options.dualstack_ipv6); !set) return Unexpected(set.error());
  }
  if (const auto bound = server->bind(address); !bound) return Unexpected(bound.error());
  const auto listening = options.backlog ? server->listen(*options.backlog) : server->listen();
  if (!listening) return Unexpected(listening.error());
  return server;
}

}  // namespace

Result<Socket> create_connection(const InetAddress& address, const CreateConnectionOptions& options, Backend& backend) {
  constexpr Operation kOperation = Operation::create_connection;
  if (options.all_errors != nullptr) options.all_errors->clear();
  if (address.port < 0 || address.port > 65535) return fail(kOperation, UsageErrc::port_out_of_range, address.port);
  const auto targets = getaddrinfo(address.host.str(), address.port, af_unspec, sock_stream, {}, {}, backend);
  if (!targets) return Unexpected(targets.error().in(kOperation));

  std::vector<Error> errors;
  for (const AddressInfo& target : *targets) {
    auto connected = connect_to(target, options, backend);
    if (connected) return connected;
    errors.push_back(connected.error().in(kOperation));
  }
  if (errors.empty()) return fail(kOperation, UsageErrc::no_addresses);
  const Error last = errors.back();
  if (options.all_errors != nullptr) *options.all_errors = std::move(errors);
  return Unexpected(last);
}

Result<Socket> create_server(const InetAddress& address, const CreateServerOptions& options, Backend& backend) {
  if (const auto good = check(options, backend); !good) return Unexpected(good.error());
  return internal::renamed(Operation::create_server, make_server(address, options, backend));
}

bool has_dualstack_ipv6(Backend& backend) {
  auto probe = socket(af_inet6, sock_stream, {}, backend);
  return probe && set_v6only(*probe, false).has_value();
}

}  // namespace everysock
