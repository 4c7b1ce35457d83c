// The first byte of an address on the wire.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_

#include <cstdint>

namespace everysock::websocket {

enum class AddressTag : std::uint8_t {
  none = 0,
  inet = 1,
  inet6 = 2,
  unix_name = 3,
  opaque = 4,
  can = 5,
  can_isotp = 6,
  can_j1939 = 7,
  netlink = 8,
  tipc = 9,
  vsock = 10,
  packet = 11,
  alg = 12,
  l2cap = 13,
  rfcomm = 14,
  hci = 15,
  sco = 16,
  qipcrtr = 17,
  hyperv = 18,
  system_control = 19,
  opaque_native = 20,
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_
