// Addresses of AF_TIPC. Linux.
//
//   s.bind(TipcAddress{tipc_addr_nameseq, 18888, 0, 99});     // serves the instances 0 to 99 of the type 18888
//   c.sendto("hello", TipcAddress{tipc_addr_name, 18888, 17});
//
// Source: Python documentation, "Socket families" (spec rows family/AF_TIPC*); tipc(7).
#ifndef EVERYSOCK_ADDRESSES_TIPC_H_
#define EVERYSOCK_ADDRESSES_TIPC_H_

#include <cstdint>

#include "everysock/constants.h"

namespace everysock {

// What v1, v2 and v3 are depends on the form; any other is refused (UsageErrc::tipc_address_type):
//
//   tipc_addr_name      service type   instance      0 (returned: the instance)   for connect and sendto
//   tipc_addr_nameseq   service type   lower bound   upper bound                  for bind
//   tipc_addr_id        node           reference     0                            one port, as getsockname() tells
struct TipcAddress {
  TipcAddressType addr_type = tipc_addr_name;
  std::uint32_t v1 = 0;
  std::uint32_t v2 = 0;
  std::uint32_t v3 = 0;
  TipcScope scope = tipc_cluster_scope;

  friend bool operator==(const TipcAddress&, const TipcAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_TIPC_H_
