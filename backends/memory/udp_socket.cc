#include "backends/memory/udp_socket.h"

#include <algorithm>
#include <utility>

#include "backends/memory/udp_delivery.h"

namespace everysock::memory {
namespace {

constexpr std::size_t kLargest4 = 65507;  // 65535 less the headers of IP and UDP
constexpr std::size_t kLargest6 = 65527;

}  // namespace

UdpSocket::UdpSocket(Machine& machine, SocketClass socket_class, Protocol protocol)
    : InetSocket(machine, socket_class, protocol) {}

UdpSocket::~UdpSocket() = default;

void UdpSocket::release() {
  for (const Ip& group : std::exchange(groups_, {})) machine().leave_group(group);
  unbind();
}

// ---- connecting ----

Result<void> UdpSocket::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  if (std::holds_alternative<std::monostate>(address)) {
    connected_ = false;
    remote_ = {wildcard()};
    unbind_automatic();
    return {};
  }
  const auto endpoint = to_endpoint(kOperation, address);
  if (!endpoint) return Unexpected(endpoint.error());
  if (is_inet6(socket_class())) {
    if (endpoint->ip.is_v4() && options_.v6_only) return fail(kOperation, Errc::enetunreach);
    if (endpoint->ip.needs_scope() && endpoint->scope == 0) return fail(kOperation, Errc::einval);
  }
  const auto route = machine().route(kOperation, endpoint->ip, local().ip, endpoint->scope);
  if (!route) return Unexpected(route.error());
  if (route->broadcast && !options_.broadcast) return fail(kOperation, Errc::eacces);
  if (const auto bound = bind_automatically(kOperation, Errc::eagain); !bound) return bound;
  if (local().ip.is_any()) set_local_ip(route->source);
  connected_ = true;
  remote_ = {route->destination, endpoint->port, endpoint->scope};
  return {};
}

Result<void> UdpSocket::shutdown(ShutdownHow how) {
  const auto directions = directions_of(how);
  if (!directions) return Unexpected(directions.error());
  shutdown_.receive |= directions->receive;
  shutdown_.send |= directions->send;
  notify();
  if (!connected_) return fail(Operation::shutdown, Errc::enotconn);
  return {};
}

Result<Address> UdpSocket::peer_address() const {
  if (remote_.port == 0) return fail(Operation::getpeername, Errc::enotconn);
  return to_address(remote_);
}

// ---- sending ----

Result<Endpoint> UdpSocket::target_of(const SendRequest& request) const {
  constexpr Operation kOperation = Operation::send;
  const bool none = request.address == nullptr || std::holds_alternative<std::monostate>(*request.address);
  if (none && (request.address == nullptr || is_inet6(socket_class()))) {
    if (!connected_) return fail(kOperation, Errc::edestaddrreq);
    return remote_;
  }
  if (none) return fail(kOperation, Errc::einval);  // taken for the wildcard with port 0
  auto to = to_endpoint(kOperation, *request.address);
  if (!to) return is_inet6(socket_class()) ? fail(kOperation, Errc::einval) : to;
  if (to->port == 0) return fail(kOperation, Errc::einval);
  if (is_inet6(socket_class()) && to->ip.is_v4() && options_.v6_only) return fail(kOperation, Errc::enetunreach);
  // Without a scope a link-local target is taken to be on the network.
  if (to->ip.needs_scope() && to->scope == 0) to->scope = kNetworkInterface;
  return to;
}

Result<std::size_t> UdpSocket::send(const SendRequest& request, Gather& data, bool) {
  constexpr Operation kOperation = Operation::send;
  const std::size_t size = data.left();
  // Whatever becomes of the call, from now on the socket has a port.
  if (const auto bound = bind_automatically(kOperation, Errc::eagain); !bound) return Unexpected(bound.error());
  // IPv6 looks for the target first.
  if (size > 0xffff && !is_inet6(socket_class())) return fail(kOperation, Errc::emsgsize);
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  const auto to = corked_ ? Result<Endpoint>(corked_->to) : target_of(request);
  if (!to) return Unexpected(to.error());
  auto choices = read_ip_control(machine(), is_inet6(socket_class()), to->ip.is_v4(), request.control);
  if (!choices) return Unexpected(choices.error());
  if (!request.flags.has(msg_more) && !corked_) {
    if (auto sent = send_datagram(*to, *choices, data, false); !sent) return Unexpected(sent.error());
    return size;
  }
  if (!corked_) {
    if (const auto open = check_open(); !open) return Unexpected(open.error());
    corked_ = Corked{*to, *choices, {}};
  }
  const std::size_t before = corked_->data.size();
  corked_->data.resize(before + size);
  data.take(reinterpret_cast<std::byte*>(corked_->data.data()) + before, size);
  if (request.flags.has(msg_more)) return size;
  const Corked corked = *std::exchange(corked_, std::nullopt);
  const ConstBuffer whole(corked.data);
  if (auto sent = send_datagram(corked.to, corked.choices, Gather({&whole, 1}), true); !sent)
    return Unexpected(sent.error());
  return size;
}

std::int32_t UdpSocket::usual_hops(bool v4, bool multicast) const {
  if (v4) return multicast ? options_.multicast_ttl : options_.ttl;
  const std::int32_t chosen = multicast ? options_.multicast_hops : options_.unicast_hops;
  if (chosen >= 0) return chosen;
  return multicast ? 1 : 64;
}

Result<void> UdpSocket::check_open() {
  constexpr Operation kOperation = Operation::send;
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (shutdown_.send) return fail(kOperation, Errc::epipe);
  return {};
}

Result<void> UdpSocket::send_datagram(const Endpoint& to, const IpChoices& choices, Gather data, bool begun) {
  constexpr Operation kOperation = Operation::send;
  auto route = machine().route(kOperation, to.ip, choices.source.value_or(local().ip), to.scope);
  if (!route) return Unexpected(route.error());
  if (route->broadcast && !options_.broadcast) return fail(kOperation, Errc::eacces);
  if (data.left() > (route->destination.is_v4() ? kLargest4 : kLargest6)) return fail(kOperation, Errc::emsgsize);
  if (!begun) {
    if (auto open = check_open(); !open) return open;
  }
  const Endpoint from{route->source, local().port, to.scope};
  const bool v4 = route->destination.is_v4();
  if (route->multicast && choices.interface_index != 0) route->interface_index = choices.interface_index;
  const DatagramPath path{.route = *route,
                          .from = from,
                          .to = {route->destination, to.port, to.scope},
                          .multicast_loop = v4 ? options_.multicast_loop : options_.multicast_loop6,
                          .hops = choices.hops.value_or(usual_hops(v4, route->multicast)),
                          .traffic_class = choices.traffic_class.value_or(v4 ? options_.tos : options_.traffic_class)};
  deliver(*this, path, data);
  return {};
}

// ---- receiving ----

void UdpSocket::arrived(const Endpoint& from, const IpFacts& facts, Gather data) {
  const std::size_t charge = charge_of(data.left());
  if (!queue_.empty() && queue_.charged() + charge > static_cast<std::size_t>(options_.receive_buffer)) return;
  DatagramQueue::Envelope& envelope = queue_.push(data);
  envelope.sender = to_address(from);
  envelope.arrival = network().now();
  envelope.ip = facts;
  notify(Interest::read);
}

void UdpSocket::unreachable(const Endpoint& at) {
  if (!connected_ || remote_.ip != at.ip || (remote_.port != at.port && remote_.port != 0)) return;
  error_ = Errc::econnrefused;
  notify();
}

bool UdpSocket::takes_group(const Endpoint& to) const {
  if (remote_.port != 0) return false;
  return local().ip == to.ip || (local().ip.is_any() && (local().ip.is_v4() == to.ip.is_v4() || !options_.v6_only));
}

Result<std::size_t> UdpSocket::receive(ReceiveRequest& request, Scatter& room, bool) {
  constexpr Operation kOperation = Operation::recv;
  if (request.flags.has(msg_errqueue)) return fail(kOperation, Errc::eagain);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (queue_.empty()) return fail(kOperation, Errc::eagain);
  const DatagramQueue::Envelope& envelope = queue_.front();
  const std::size_t copied = queue_.copy_front(room);
  const std::size_t size = envelope.size;
  if (copied < size) request.received_flags |= msg_trunc;
  if (request.address != nullptr) *request.address = envelope.sender;
  ControlRoom control(request);
  put_timestamp(options_, envelope.arrival, control);
  put_ip_control(options_, is_inet6(socket_class()), envelope.ip, control);
  if (!request.flags.has(msg_peek)) queue_.pop();
  return request.flags.has(msg_trunc) ? size : copied;
}

Readiness UdpSocket::readiness() const {
  return {.in = !queue_.empty() || shutdown_.receive,
          .out = true,
          .error = error_ != Errc::ok,
          .hang_up = shutdown_.both()};
}

// ---- groups ----

Result<void> UdpSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  const bool v4 = level == sol_ip && (option == ip_add_membership || option == ip_drop_membership);
  const bool v6 =
      level == sol_ipv6 && is_inet6(socket_class()) && (option == ipv6_join_group || option == ipv6_leave_group);
  if (v4 || v6) return set_membership(option, value);
  return InetSocket::set_option(level, option, value);
}

// The value is struct ip_mreq or ip_mreqn (group, interface address, interface index) or struct ipv6_mreq (group,
// interface index).
Result<void> UdpSocket::set_membership(Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  const bool v4 = option.level() == sol_ip;
  if (value.size() < (v4 ? 8u : 20u)) return fail(kOperation, Errc::einval);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.data());
  Ip group;
  if (v4) {
    group = Ip::v4(bytes[0], bytes[1], bytes[2], bytes[3]);
    const Ip interface = Ip::v4(bytes[4], bytes[5], bytes[6], bytes[7]);
    if (!interface.is_any() && !machine().has_address(interface)) return fail(kOperation, Errc::enodev);
  } else {
    group = *Ip::from(Host::ipv6(std::span<const std::uint8_t, 16>(bytes, 16)));
    const auto index = read_int(value.subspan(16));
    if (*index < 0 || *index > static_cast<std::int32_t>(kNetworkInterface)) return fail(kOperation, Errc::enodev);
  }
  if (!group.is_multicast()) return fail(kOperation, Errc::einval);
  if (option == ip_add_membership || option == ipv6_join_group) {
    if (!groups_.insert(group).second) return fail(kOperation, Errc::eaddrinuse);
    machine().join_group(group);
    return {};
  }
  if (groups_.erase(group) == 0) return fail(kOperation, Errc::eaddrnotavail);
  machine().leave_group(group);
  return {};
}

}  // namespace everysock::memory
