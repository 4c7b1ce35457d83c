// Addresses of AF_CAN: which form a socket takes depends on its protocol. A socket of any other protocol takes none
// (UsageErrc::can_protocol).
//
//   Socket s = socket(af_can, sock_raw, can_raw).value();
//   s.bind(CanAddress{"vcan0"});                             // CAN_RAW binds; CAN_BCM connects
//   t.bind(CanIsotpAddress{"vcan0", 0x123, 0x456});
//   u.bind(CanJ1939Address{.ifname = "vcan0", .addr = 0x20});
//
// Linux; NetBSD has CAN_RAW.
// Source: Python documentation, "Socket families" (spec rows family/AF_CAN*); Linux, Documentation/networking/can.rst,
// iso15765-2.rst and j1939.rst.
#ifndef EVERYSOCK_ADDRESSES_CAN_H_
#define EVERYSOCK_ADDRESSES_CAN_H_

#include <cstdint>

#include "everysock/addresses/interface_text.h"
#include "everysock/constants.h"

namespace everysock {

// CAN_RAW and CAN_BCM. "" means the frames of all CAN interfaces.
struct CanAddress {
  InterfaceText ifname = {};

  friend bool operator==(const CanAddress&, const CanAddress&) = default;
};

// CAN_ISOTP. Identifiers to receive and to transmit with; extended ones carry can_eff_flag.
struct CanIsotpAddress {
  InterfaceText ifname = {};
  std::uint32_t rx_addr = 0;
  std::uint32_t tx_addr = 0;

  friend bool operator==(const CanIsotpAddress&, const CanIsotpAddress&) = default;
};

// CAN_J1939. The 64-bit name of an electronic control unit, a parameter group number and an 8-bit address.
struct CanJ1939Address {
  InterfaceText ifname = {};
  std::uint64_t name = j1939_no_name;
  std::uint32_t pgn = j1939_no_pgn;
  std::uint8_t addr = j1939_no_addr;

  friend bool operator==(const CanJ1939Address&, const CanJ1939Address&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_CAN_H_
