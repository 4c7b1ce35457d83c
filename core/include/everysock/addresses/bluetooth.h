// Addresses of AF_BLUETOOTH: which form a socket takes depends on its protocol. A socket of any other protocol takes
// none (UsageErrc::bluetooth_protocol), malformed text is refused (UsageErrc::bluetooth_address).
//
//   Socket s = socket(af_bluetooth, sock_stream, btproto_rfcomm).value();
//   s.connect(RfcommAddress{"12:23:34:45:56:67", 3});
//   t.bind(HciAddress{0});                                  // the adapter hci0
//
// Linux, FreeBSD, NetBSD, DragonFlyBSD; Windows has RFCOMM.
// Source: Python documentation, "Socket families" (spec rows family/AF_BLUETOOTH*); BlueZ; bluetooth(4) of the BSDs.
#ifndef EVERYSOCK_ADDRESSES_BLUETOOTH_H_
#define EVERYSOCK_ADDRESSES_BLUETOOTH_H_

#include <cstdint>

#include "everysock/addresses/bd_addr.h"
#include "everysock/constants.h"

namespace everysock {

// BTPROTO_L2CAP: a protocol and service multiplexer; or, on Linux, a channel (cid) instead, and the type of the
// device's address (bdaddr_bredr, bdaddr_le_public, bdaddr_le_random). The BSDs have the first two alone (EINVAL for
// others).
struct L2capAddress {
  BdAddr bdaddr = {};
  std::uint16_t psm = 0;
  std::uint16_t cid = 0;
  std::uint8_t bdaddr_type = bdaddr_bredr;

  friend bool operator==(const L2capAddress&, const L2capAddress&) = default;
};

// BTPROTO_RFCOMM. bdaddr_any binds to any adapter.
struct RfcommAddress {
  BdAddr bdaddr = {};
  std::uint8_t channel = 0;

  friend bool operator==(const RfcommAddress&, const RfcommAddress&) = default;
};

// BTPROTO_HCI: the number of an adapter, or hci_dev_none, and on Linux a channel. On NetBSD and DragonFlyBSD an adapter
// goes by its own Bluetooth address; elsewhere bdaddr stays as it is.
struct HciAddress {
  std::uint16_t device_id = hci_dev_none;
  std::uint16_t channel = hci_channel_raw;
  BdAddr bdaddr = {};

  friend bool operator==(const HciAddress&, const HciAddress&) = default;
};

// BTPROTO_SCO. Not on FreeBSD and Windows.
struct ScoAddress {
  BdAddr bdaddr = {};

  friend bool operator==(const ScoAddress&, const ScoAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_BLUETOOTH_H_
