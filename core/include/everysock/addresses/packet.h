// Addresses of AF_PACKET: frames of network interfaces. Linux.
//
// Source: Python documentation, "Socket families" (spec row family/AF_PACKET); packet(7).
#ifndef EVERYSOCK_ADDRESSES_PACKET_H_
#define EVERYSOCK_ADDRESSES_PACKET_H_

#include <cstdint>

#include "everysock/addresses/interface_text.h"
#include "everysock/constants.h"
#include "everysock/inline_text.h"

namespace everysock {

// proto is the Ethernet protocol in host order (eth_p_all, ethertype_ip, ...), 0 to 65535
// (UsageErrc::packet_protocol). Of a received frame pkttype says where it was going, hatype which hardware it came
// through (ARPHRD_*: 1 Ethernet, 772 loopback) and addr the sender. Calls take an addr of at most 8 bytes
// (UsageErrc::packet_address_length).
struct PacketAddress {
  InterfaceText ifname = {};
  std::int32_t proto = 0;
  PacketType pkttype = packet_host;
  std::uint16_t hatype = 0;
  InlineText<32> addr = {};

  friend bool operator==(const PacketAddress&, const PacketAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_PACKET_H_
