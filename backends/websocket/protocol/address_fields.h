// The fields of the addresses that are neither of the Internet nor AF_UNIX, in wire order: docs/protocol.md, section 2.
// FieldWriter and FieldReader go over them.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_FIELDS_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_FIELDS_H_

#include <cstdint>
#include <type_traits>

#include "backends/websocket/protocol/address_tag.h"
#include "everysock/address.h"

namespace everysock::websocket {

// A number of 16 bits that the API keeps in an int, for the sake of what callers may put there.
template <typename Int>
struct SixteenBits {
  Int& value;
};

// WireForm<Form>: the tag, and the fields of a Form, const or not.
template <typename Form>
struct WireForm;

#define EVERYSOCK_WIRE_FORM(Form, form_tag, ...)            \
  template <>                                               \
  struct WireForm<Form> {                                   \
    static constexpr AddressTag tag = AddressTag::form_tag; \
    template <typename Self, typename F>                    \
    static void fields(Self& self, F&& f) {                 \
      f(__VA_ARGS__);                                       \
    }                                                       \
  }

EVERYSOCK_WIRE_FORM(CanAddress, can, self.ifname);
EVERYSOCK_WIRE_FORM(CanIsotpAddress, can_isotp, self.ifname, self.rx_addr, self.tx_addr);
EVERYSOCK_WIRE_FORM(CanJ1939Address, can_j1939, self.ifname, self.name, self.pgn, self.addr);
EVERYSOCK_WIRE_FORM(NetlinkAddress, netlink, self.pid, self.groups);
EVERYSOCK_WIRE_FORM(TipcAddress, tipc, self.addr_type, self.v1, self.v2, self.v3, self.scope);
EVERYSOCK_WIRE_FORM(VsockAddress, vsock, self.cid, self.port);
EVERYSOCK_WIRE_FORM(AlgAddress, alg, self.type, self.name, self.feat, self.mask);
EVERYSOCK_WIRE_FORM(L2capAddress, l2cap, self.bdaddr, self.psm, self.cid, self.bdaddr_type);
EVERYSOCK_WIRE_FORM(RfcommAddress, rfcomm, self.bdaddr, self.channel);
EVERYSOCK_WIRE_FORM(HciAddress, hci, self.device_id, self.channel, self.bdaddr);
EVERYSOCK_WIRE_FORM(ScoAddress, sco, self.bdaddr);
EVERYSOCK_WIRE_FORM(QipcrtrAddress, qipcrtr, self.node, self.port);
EVERYSOCK_WIRE_FORM(HypervAddress, hyperv, self.vm_id, self.service_id);
EVERYSOCK_WIRE_FORM(SystemControlAddress, system_control, self.name, self.id, self.unit);

#undef EVERYSOCK_WIRE_FORM

template <>
struct WireForm<PacketAddress> {
  static constexpr AddressTag tag = AddressTag::packet;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    SixteenBits proto{self.proto};
    f(self.ifname, proto, self.pkttype, self.hatype, self.addr);
  }
};

template <typename Form>
concept HasWireForm = requires {
  WireForm<Form>::tag;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_FIELDS_H_
