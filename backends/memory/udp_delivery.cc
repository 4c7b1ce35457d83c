#include "backends/memory/udp_delivery.h"

#include <memory>
#include <string>
#include <utility>

#include "backends/memory/udp_socket.h"

namespace everysock::memory {
namespace {

// Tells the sender that nobody has the port, which takes its time on a link.
void report_unreachable(const std::weak_ptr<KernelSocket>& sender, Machine& at, const Endpoint& to) {
  const auto socket = std::static_pointer_cast<UdpSocket>(sender.lock());
  if (!socket) return;
  Network& network = at.network();
  const std::int64_t arrival = network.links().arrival(at, socket->machine(), 0, network.now());
  if (arrival <= network.now()) return socket->unreachable(to);
  network.calendar().schedule(arrival, [sender, &at, to] {
    const auto late = std::static_pointer_cast<UdpSocket>(sender.lock());
    if (late && !at.network().links().cut(at, late->machine())) late->unreachable(to);
  });
}

// What the receiver at `machine` can be told.
IpFacts facts_at(const Machine& machine, const DatagramPath& path, bool from_itself) {
  IpFacts facts;
  facts.destination = facts.local = path.to.ip;
  facts.interface_index = from_itself ? path.route.interface_index : kNetworkInterface;
  facts.hops = path.hops;
  facts.traffic_class = path.traffic_class;
  if (!path.route.broadcast && !path.route.multicast) return facts;
  facts.local = path.to.ip.is_v4() ? Ip::v4_any() : Ip::v6_any();
  for (const InterfaceAddress& address : machine.addresses()) {
    if (address.interface_index == facts.interface_index && address.ip.is_v4() == path.to.ip.is_v4()) {
      facts.local = address.ip;
      break;
    }
  }
  return facts;
}

void arrive(Machine& machine, bool from_itself, const DatagramPath& path, const Gather& data,
            const std::weak_ptr<KernelSocket>& sender) {
  const bool many = path.route.broadcast || path.route.multicast;
  const IpFacts facts = facts_at(machine, path, from_itself);
  if (!many) {
    auto* receiver = static_cast<UdpSocket*>(machine.udp_ports().find_receiver(path.to, path.from));
    if (receiver != nullptr) {
      receiver->arrived(path.from, facts, data);
    } else {
      report_unreachable(sender, machine, path.to);
    }
    return;
  }
  if (path.route.multicast && !machine.in_group(path.to.ip)) return;
  for (InetSocket* socket : machine.udp_ports().all(path.to.port)) {
    auto* receiver = static_cast<UdpSocket*>(socket);
    if (receiver->takes_group(path.to)) receiver->arrived(path.from, facts, data);
  }
}

void travel(UdpSocket& sender, Machine& target, const DatagramPath& path, const Gather& data) {
  Machine& origin = sender.machine();
  Network& network = origin.network();
  const std::weak_ptr<KernelSocket> weak = sender.weak_from_this();
  if (&origin == &target) return arrive(target, true, path, data, weak);
  const Links::Datagram fate = network.links().datagram(origin, target, data.left(), network.now());
  if (fate.copies == 0) return;
  if (fate.copies == 1 && fate.arrival[0] <= network.now()) {
    if (!network.links().cut(origin, target)) arrive(target, false, path, data, weak);
    return;
  }
  Gather rest = data;
  const auto bytes = std::make_shared<std::string>(data.left(), '\0');
  rest.take(reinterpret_cast<std::byte*>(bytes->data()), bytes->size());
  for (int copy = 0; copy < fate.copies; ++copy) {
    network.calendar().schedule(fate.arrival[copy], [&origin, &target, path, bytes, weak] {
      if (target.network().links().cut(origin, target)) return;
      const ConstBuffer whole(*bytes);
      arrive(target, false, path, Gather({&whole, 1}), weak);
    });
  }
}

}  // namespace

void deliver(UdpSocket& sender, const DatagramPath& path, const Gather& data) {
  Machine& origin = sender.machine();
  if (!path.route.broadcast && !path.route.multicast) {
    // Nobody has the address: the question for it stays unanswered, and the datagram is dropped without a word.
    if (path.route.target != nullptr) travel(sender, *path.route.target, path, data);
    return;
  }
  const bool stays = path.route.interface_index == kLoopbackInterface || (path.route.multicast && path.hops == 0);
  for (const std::unique_ptr<Machine>& machine : origin.network().machines()) {
    if (machine.get() == &origin) {
      if (path.route.broadcast || path.multicast_loop) travel(sender, origin, path, data);
    } else if (!stays && (path.route.multicast || machine->is_broadcast(path.to.ip))) {
      travel(sender, *machine, path, data);
    }
  }
}

}  // namespace everysock::memory
