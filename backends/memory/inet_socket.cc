#include "backends/memory/inet_socket.h"

namespace everysock::memory {

InetSocket::InetSocket(Machine& machine, SocketClass socket_class, Protocol protocol)
    : KernelSocket(machine, socket_class, is_inet6(socket_class) ? af_inet6 : af_inet,
                   is_tcp(socket_class) ? sock_stream : sock_dgram, protocol),
      local_{wildcard()},
      shown_local_{wildcard()} {
  remote_.ip = wildcard();
}

InetSocket::~InetSocket() { unbind(); }

PortTable& InetSocket::ports() const noexcept {
  return is_tcp(socket_class()) ? machine().tcp_ports() : machine().udp_ports();
}

Address InetSocket::to_address(const Endpoint& endpoint) const {
  if (is_inet6(socket_class())) {
    return Inet6Address{endpoint.ip.mapped(), endpoint.port, 0, endpoint.ip.needs_scope() ? endpoint.scope : 0};
  }
  return InetAddress{endpoint.ip.plain(), endpoint.port};
}

Result<Endpoint> InetSocket::to_endpoint(Operation operation, const Address& address) const {
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) {
    if (!is_inet6(socket_class())) return fail(operation, Errc::eafnosupport);
    const std::optional<Ip> ip = Ip::from(inet6->host);
    if (!ip || !inet6->host.is_ipv6()) return fail(operation, Errc::einval);
    return Endpoint{*ip, static_cast<std::uint16_t>(inet6->port), inet6->scope_id};
  }
  const auto* inet = std::get_if<InetAddress>(&address);
  if (inet == nullptr) return fail(operation, Errc::eafnosupport);
  const std::optional<Ip> ip = Ip::from(inet->host);
  if (!ip || !inet->host.is_ipv4()) return fail(operation, Errc::einval);
  // The short form is too short for a stream over IPv6; datagram sockets accept it.
  if (is_inet6(socket_class()) && is_tcp(socket_class())) return fail(operation, Errc::einval);
  return Endpoint{*ip, static_cast<std::uint16_t>(inet->port), 0};
}

Result<void> InetSocket::check_bindable(const Endpoint& endpoint) const {
  constexpr Operation kOperation = Operation::bind;
  const Ip& ip = endpoint.ip;
  if (is_inet6(socket_class())) {
    if (ip.is_multicast() && !ip.is_v4() && is_tcp(socket_class())) return fail(kOperation, Errc::einval);
    if (ip.is_v4() && options_.v6_only) return fail(kOperation, Errc::einval);
    if (ip.needs_scope()) {
      if (endpoint.scope == 0) return fail(kOperation, Errc::einval);
      if (endpoint.scope > kNetworkInterface) return fail(kOperation, Errc::enodev);
      if (!ip.is_multicast() && machine().interface_of(ip) != endpoint.scope) {
        return fail(kOperation, Errc::eaddrnotavail);
      }
    }
  }
  if (ip.is_any() || ip.is_multicast() || machine().has_address(ip)) return {};
  if (ip.is_v4() && machine().is_broadcast(ip)) return {};
  return fail(kOperation, Errc::eaddrnotavail);
}

Result<void> InetSocket::bind(const Address& address) {
  constexpr Operation kOperation = Operation::bind;
  Endpoint endpoint{wildcard()};
  if (!std::holds_alternative<std::monostate>(address)) {
    if (is_inet6(socket_class()) && std::holds_alternative<InetAddress>(address)) {
      return fail(kOperation, Errc::einval);
    }
    const auto given = to_endpoint(kOperation, address);
    if (!given) return Unexpected(given.error());
    endpoint = *given;
  } else if (is_inet6(socket_class())) {
    return fail(kOperation, Errc::einval);
  }
  if (const auto good = check_bindable(endpoint); !good) return good;
  if (bound() || engaged()) return fail(kOperation, Errc::einval);

  const Endpoint before = local_;
  const bool v6_only_before = options_.v6_only;
  local_.ip = endpoint.ip;
  local_.scope = endpoint.scope;
  // A specific IPv6 address serves no IPv4 peers, and the option shows it.
  if (!endpoint.ip.is_any() && !endpoint.ip.is_v4()) options_.v6_only = true;
  std::uint16_t port = endpoint.port;
  const bool automatic = port == 0;
  if (automatic) port = ports().ephemeral();
  if (port == 0 || (!automatic && !ports().free_for(*this, port))) {
    local_ = before;
    local_.ip = shown_local_.ip = wildcard();  // an address of before is lost, too
    options_.v6_only = v6_only_before;
    return fail(kOperation, Errc::eaddrinuse);
  }
  ip_chosen_ = !endpoint.ip.is_any();
  port_chosen_ = !automatic;
  list(port);
  return {};
}

void InetSocket::list(std::uint16_t port) {
  local_.port = port;
  shown_local_ = local_;
  listed_ = true;
  ports().add(*this);
}

Result<void> InetSocket::bind_automatically(Operation operation, Errc none_left) {
  if (bound()) return {};
  const std::uint16_t port = ports().ephemeral();
  if (port == 0) return fail(operation, none_left);
  list(port);
  return {};
}

void InetSocket::set_local_ip(const Ip& ip) {
  local_.ip = ip;
  shown_local_ = local_;
}

void InetSocket::unbind() {
  if (!listed_) return;
  ports().remove(*this);
  listed_ = false;
  local_.port = 0;
}

void InetSocket::unbind_automatic_ip() {
  if (!ip_chosen_) local_.ip = shown_local_.ip = wildcard();
}

void InetSocket::unbind_automatic() {
  unbind_automatic_ip();
  if (port_chosen_) return;
  unbind();
  // TCP goes on showing the port it had.
  if (!is_tcp(socket_class())) shown_local_.port = 0;
}

void InetSocket::bind_like(const InetSocket& listener, const Endpoint& local) {
  local_ = local;
  port_chosen_ = listener.port_chosen_;
  ip_chosen_ = listener.ip_chosen_;
  list(local.port);
}

OptionContext InetSocket::option_context() const {
  OptionContext context = KernelSocket::option_context();
  context.bound = bound();
  context.listening = listening();
  return context;
}

}  // namespace everysock::memory
