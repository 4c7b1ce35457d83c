#include "backends/memory/machine.h"

#include <algorithm>
#include <utility>

#include "backends/memory/unix_socket.h"

namespace everysock::memory {

Machine::Machine(Network& network, std::string name, std::size_t number)
    : network_(network),
      name_(std::move(name)),
      hostname_(name_),
      number_(number),
      random_(network.settings().seed, name_),
      tcp_ports_(*this),
      udp_ports_(*this),
      unix_names_(random_),
      handles_(network.settings().max_handles) {
  addresses_.push_back({Ip::v4_loopback(), 8, kLoopbackInterface});
  addresses_.push_back({Ip::v6_loopback(), 128, kLoopbackInterface});
}

void Machine::end_process() {
  handles_.remove_all();
  // Sockets that are on their way in messages to each other would keep each other.
  std::vector<std::shared_ptr<KernelSocket>> left;
  for (UnixSocket* socket : unix_sockets_) left.push_back(socket->shared_from_this());
  for (const auto& socket : left) static_cast<UnixSocket&>(*socket).discard_messages();
  occupied = false;
}

bool Machine::has_address(const Ip& ip) const noexcept { return interface_of(ip) != 0; }

std::uint32_t Machine::interface_of(const Ip& ip) const noexcept {
  // The whole of 127.0.0.0/8 is here.
  if (ip.is_loopback()) return kLoopbackInterface;
  for (const InterfaceAddress& address : addresses_) {
    if (address.ip == ip) return address.interface_index;
  }
  return 0;
}

bool Machine::is_broadcast(const Ip& ip) const noexcept {
  if (!ip.is_v4()) return false;
  if (ip.is_limited_broadcast()) return true;
  return std::any_of(addresses_.begin(), addresses_.end(), [&](const InterfaceAddress& address) {
    return address.ip.is_v4() && address.prefix < 31 && address.ip.last_of_network(address.prefix) == ip;
  });
}

Result<Route> Machine::route(Operation operation, const Ip& destination, const Ip& bound, std::uint32_t scope) const {
  Route route;
  route.destination = destination;
  // The wildcard means this host; from an address of its own it means that very address.
  if (destination == Ip::v6_any()) route.destination = bound.is_v4() ? Ip::v4_loopback() : Ip::v6_loopback();
  if (destination == Ip::v4_any()) route.destination = bound.is_any() ? Ip::v4_loopback() : bound;
  const bool v4 = route.destination.is_v4();
  const bool source_chosen = !bound.is_any();
  route.source = bound;

  route.broadcast = is_broadcast(route.destination);
  route.multicast = route.destination.is_multicast();
  if (has_address(route.destination) && !route.broadcast) {
    route.target = const_cast<Machine*>(this);
    route.interface_index = kLoopbackInterface;
    // All of 127.0.0.0/8 is reached from 127.0.0.1.
    if (!source_chosen) route.source = route.destination.is_loopback() && v4 ? Ip::v4_loopback() : route.destination;
    return route;
  }

  const bool loopback = route.destination.is_loopback();  // its broadcast address
  route.interface_index = loopback ? kLoopbackInterface : kNetworkInterface;
  const InterfaceAddress* source = nullptr;
  for (const InterfaceAddress& address : addresses_) {
    if (address.ip.is_v4() != v4 || address.interface_index != route.interface_index) continue;
    const bool better = source == nullptr ||
                        (!source->ip.shares_prefix(route.destination, source->prefix) &&
                         address.ip.shares_prefix(route.destination, address.prefix)) ||
                        (route.destination.is_link_local() && !source->ip.is_link_local());
    if (better) source = &address;
  }
  if (source == nullptr && (route.destination.is_limited_broadcast() || route.multicast) && v4) {
    // An interface without an address still sends these.
    if (!source_chosen) route.source = Ip::v4_loopback();
    return route;
  }
  if (source == nullptr && !(route.multicast && scope != 0)) return fail(operation, Errc::enetunreach);
  if (source_chosen && bound.is_loopback() && !loopback) return fail(operation, Errc::einval);
  if (!source_chosen && source != nullptr) route.source = source->ip;
  if (!route.broadcast && !route.multicast) route.target = network_.find_machine(route.destination);
  return route;
}

void Machine::let_go(const KernelSocket& orphan) {
  std::erase_if(orphans_, [&](const std::shared_ptr<KernelSocket>& kept) { return kept.get() == &orphan; });
}

}  // namespace everysock::memory
