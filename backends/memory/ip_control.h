// What travels beside the bytes of a datagram: how it is to go, and what its receiver is told of it.
#ifndef EVERYSOCK_BACKENDS_MEMORY_IP_CONTROL_H_
#define EVERYSOCK_BACKENDS_MEMORY_IP_CONTROL_H_

#include <cstdint>
#include <optional>
#include <span>

#include "backends/memory/ip.h"
#include "backends/memory/options.h"
#include "everysock/control_room.h"

namespace everysock::memory {

class Machine;

// What sockets other than AF_UNIX make of items of sol_socket: handles and credentials mean nothing to them, others are
// EINVAL.
Result<void> check_socket_level(std::span<const ControlMessage> control);

// A sender's choices for one datagram.
struct IpChoices {
  std::optional<std::int32_t> hops;           // TTL or hop limit
  std::optional<std::int32_t> traffic_class;  // or type of service
  std::optional<Ip> source;
  std::uint32_t interface_index = 0;
};

// Reads them for a datagram that goes over IPv4 or not. EINVAL: malformed, out of range, not an address of `machine`;
// ENODEV: no such interface; EOPNOTSUPP: IPv6 extension headers.
Result<IpChoices> read_ip_control(const Machine& machine, bool inet6_socket, bool over_ipv4,
                                  std::span<const ControlMessage> control);

// What a datagram's header says, and how it came.
struct IpFacts {
  Ip destination;
  Ip local;  // the address of this machine that answers come from
  std::uint32_t interface_index = 0;
  std::int32_t hops = 0;
  std::int32_t traffic_class = 0;
};

// Tells a receiver with these options.
void put_ip_control(const OptionValues& options, bool inet6_socket, const IpFacts& facts, ControlRoom& room);

// The arrival of a message, in nanoseconds of the network's clock, where the options ask for it.
void put_timestamp(const OptionValues& options, std::int64_t arrival, ControlRoom& room);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_IP_CONTROL_H_
