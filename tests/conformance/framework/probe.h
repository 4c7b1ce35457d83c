// Probes: what the host at hand has, asked through the backend (the host of a websocket is the proxy's, that of memory
// the simulated one). A backend may claim IPv6 on a machine that has it switched off: then its cases do not fail, they
// are reported as "environment".
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_PROBE_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_PROBE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "everysock/address.h"
#include "everysock/backend.h"
#include "everysock/feature.h"
#include "everysock/socket.h"

namespace everysock::conformance {

struct Probe {
  std::string_view name;     // for --require
  std::string_view absence;  // what it means when the probe fails, for the report
  bool (*present)(Backend&);
};

namespace probe {
extern const Probe ipv6_loopback;   // ::1 can be bound
extern const Probe ipv4_loopbacks;  // all of 127.0.0.0/8 is local: 127.0.0.2 can be bound
extern const Probe dual_stack;      // an IPv6 socket takes IPv4 peers
extern const Probe localhost;       // the name "localhost" resolves
extern const Probe unix_sockets;    // AF_UNIX; what needs a feature of AF_UNIX sockets needs it, unsaid
extern const Probe ipv6_multicast;  // multicast_interface() finds one
extern const Probe raw_sockets;     // there are such, and this program may have them
extern const Probe udplite;
extern const Probe mptcp;
extern const Probe netlink;
extern const Probe packet;  // there are such, and this program may have them
extern const Probe vsock;
extern const Probe vsock_loopback;  // the machine reaches itself
extern const Probe can_interface;   // vcan0
extern const Probe can_interfaces;  // vcan0 and vcan1
extern const Probe tipc;
extern const Probe alg;  // with the hash sha256
extern const Probe bluetooth;
extern const Probe bluetooth_controllers;  // hci0 and hci1, that are up and hear each other
extern const Probe qipcrtr;
extern const Probe rds;
extern const Probe sctp;
}  // namespace probe

std::span<const Probe* const> all_probes();

// A group whose datagrams never leave the interface (RFC 4291, 2.7), and the first interface that has a route to it:
// the loopback interface seldom has. 0 where there is none.
inline constexpr const char* local_group = "ff01::6507";
std::uint32_t multicast_interface(Backend& backend);
// The loopback interface, whose name begins with "lo" everywhere: "lo", "lo0", "loopback_0". 0 where there is none.
std::uint32_t loopback_interface(Backend& backend);

// A socket to the Bluetooth controller hci<number> that hears of completed commands alone, with a time-out of 2 s.
Result<Socket> open_bluetooth_controller(Backend& backend, std::uint16_t number);
// A command for it: Read_BD_ADDR (Bluetooth Core Specification, volume 4, part E, 7.4.6).
inline constexpr std::string_view read_bluetooth_address{"\x01\x09\x10\x00", 4};
// Its address. Nothing where there is none, or it is down, or this program may not ask it.
std::optional<BdAddr> bluetooth_controller(Backend& backend, std::uint16_t number);

// What a case or a kind of sockets needs.
using Need = std::variant<Feature, const Probe*>;
struct Needs {
  Needs() = default;
  Needs(std::initializer_list<Need> needs) : all(needs) {}
  std::vector<Need> all;
};

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_PROBE_H_
