// One host of the network: its addresses and the tables of its kernel.
#ifndef EVERYSOCK_BACKENDS_MEMORY_MACHINE_H_
#define EVERYSOCK_BACKENDS_MEMORY_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backends/memory/ancillary.h"
#include "backends/memory/can_bus.h"
#include "backends/memory/handle_table.h"
#include "backends/memory/interfaces.h"
#include "backends/memory/ip.h"
#include "backends/memory/network.h"
#include "backends/memory/port_table.h"
#include "backends/memory/random.h"
#include "backends/memory/unix_names.h"

namespace everysock::memory {

// Where something for a destination goes and what it comes from.
struct Route {
  Machine* target = nullptr;  // null: nobody has the address
  Ip destination;             // the wildcard has become loopback
  Ip source;
  bool broadcast = false;
  bool multicast = false;
  std::uint32_t interface_index = 0;
};

class UnixSocket;

class Machine {
 public:
  Machine(Network& network, std::string name, std::size_t number);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  Network& network() const noexcept { return network_; }
  const std::string& name() const noexcept { return name_; }  // on the network
  // What the machine calls itself: at first the same.
  const std::string& hostname() const noexcept { return hostname_; }
  void set_hostname(std::string_view name) { hostname_ = name; }
  std::size_t number() const noexcept { return number_; }
  // Of the one process on it.
  Credentials credentials() const noexcept { return {1000 + static_cast<std::int32_t>(number_), 1000, 1000}; }

  // ---- addresses ----
  void add_address(const InterfaceAddress& address) { addresses_.push_back(address); }
  const std::vector<InterfaceAddress>& addresses() const noexcept { return addresses_; }
  bool has_address(const Ip& ip) const noexcept;
  // Whether this is a broadcast address of one of its networks (or of all).
  bool is_broadcast(const Ip& ip) const noexcept;
  // The interface an address is on; 0 for none.
  std::uint32_t interface_of(const Ip& ip) const noexcept;
  // ENETUNREACH, EINVAL. `bound` is the source address that the socket has been bound to, or a wildcard.
  Result<Route> route(Operation operation, const Ip& destination, const Ip& bound, std::uint32_t scope) const;

  // ---- tables ----
  HandleTable& handles() noexcept { return handles_; }
  PortTable& tcp_ports() noexcept { return tcp_ports_; }
  PortTable& udp_ports() noexcept { return udp_ports_; }
  UnixNames& unix_names() noexcept { return unix_names_; }
  CanBuses& can_buses() noexcept { return can_buses_; }
  std::set<UnixSocket*>& unix_sockets() noexcept { return unix_sockets_; }
  Random& random() noexcept { return random_; }

  // Multicast groups, by the sockets that have joined them.
  void join_group(const Ip& group) { ++groups_[group]; }
  void leave_group(const Ip& group) {
    if (--groups_[group] == 0) groups_.erase(group);
  }
  bool in_group(const Ip& group) const { return groups_.count(group) != 0; }

  // Sockets without handles that still have something to deliver.
  void keep(std::shared_ptr<KernelSocket> orphan) { orphans_.push_back(std::move(orphan)); }
  void let_go(const KernelSocket& orphan);

  // The process on it ends: all handles are closed.
  void end_process();
  // Forgets the sockets that are still delivering.
  void drop_orphans() { orphans_.clear(); }

  // Whether a process (a Backend) runs on it.
  bool occupied = true;

 private:
  Network& network_;
  const std::string name_;
  std::string hostname_;
  const std::size_t number_;
  Random random_;
  std::vector<InterfaceAddress> addresses_;
  PortTable tcp_ports_;
  PortTable udp_ports_;
  UnixNames unix_names_;
  CanBuses can_buses_;
  std::set<UnixSocket*> unix_sockets_;
  std::map<Ip, int> groups_;
  std::vector<std::shared_ptr<KernelSocket>> orphans_;
  HandleTable handles_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_MACHINE_H_
