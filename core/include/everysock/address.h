// Socket addresses: one plain struct for each documented address form, and a variant over them.
//
//   s.bind(InetAddress{"", 50007});                    // AF_INET: (host, port)
//   s.connect(Inet6Address{"fe80::1", 80, 0, 2});      // AF_INET6: (host, port, flowinfo, scope_id)
//   s.bind(UnixAddress{"/run/app.sock"});              // AF_UNIX: a path, an abstract name, or nothing
//   s.bind(PacketAddress{"eth0", eth_p_all});          // AF_PACKET: (ifname, proto, pkttype, hatype, addr)
//
// The form is chosen by the socket's family, for AF_CAN and AF_BLUETOOTH by its protocol as well; a wrong one is
// refused (UsageErrc::address_form). AF_INET6 sockets take an InetAddress as well: the documented short form, with flow
// information and scope 0. A form of a family that the system does not have exists all the same.
//
// Source: Python documentation, "Socket families" (spec rows family/*); the manual pages that addresses/*.h name.
#ifndef EVERYSOCK_ADDRESS_H_
#define EVERYSOCK_ADDRESS_H_

#include <string>
#include <variant>

#include "everysock/addresses/alg.h"
#include "everysock/addresses/bluetooth.h"
#include "everysock/addresses/can.h"
#include "everysock/addresses/hyperv.h"
#include "everysock/addresses/inet.h"
#include "everysock/addresses/netlink.h"
#include "everysock/addresses/opaque.h"
#include "everysock/addresses/packet.h"
#include "everysock/addresses/qipcrtr.h"
#include "everysock/addresses/system.h"
#include "everysock/addresses/tipc.h"
#include "everysock/addresses/unix.h"
#include "everysock/addresses/vsock.h"
#include "everysock/constants.h"

namespace everysock {

// std::monostate is "no address": what recvfrom() reports on a connected stream.
using Address =
    std::variant<std::monostate, InetAddress, Inet6Address, UnixAddress, CanAddress, CanIsotpAddress, CanJ1939Address,
                 NetlinkAddress, TipcAddress, VsockAddress, PacketAddress, AlgAddress, L2capAddress, RfcommAddress,
                 HciAddress, ScoAddress, QipcrtrAddress, HypervAddress, SystemControlAddress, OpaqueAddress>;

// The family that an address is of; af_unspec for no address. (Those of AF_RDS and AF_DIVERT are AF_INET's.)
AddressFamily family_of(const Address& address) noexcept;

// For people: "127.0.0.1:80", "[::1]:80", "[fe80::1%2]:80", "/run/app.sock", "@abstract", "(unnamed)", "(none)"; of the
// other families the family's name and the fields, "AF_VSOCK(2, 1024)".
std::string to_string(const Address& address);

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESS_H_
