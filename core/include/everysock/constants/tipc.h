// AF_TIPC: addresses, options and the topology server. Linux, tipc(7).
#ifndef EVERYSOCK_CONSTANTS_TIPC_H_
#define EVERYSOCK_CONSTANTS_TIPC_H_

#include <cstdint>

#include "everysock/constant.h"

namespace everysock {

// Level.
inline constexpr OptionLevel sol_tipc{271};

// Forms of addresses, and how far a name is known.
inline constexpr TipcAddressType tipc_addr_nameseq{1};
inline constexpr TipcAddressType tipc_addr_name{2};
inline constexpr TipcAddressType tipc_addr_id{3};
inline constexpr TipcScope tipc_zone_scope{1};
inline constexpr TipcScope tipc_cluster_scope{2};
inline constexpr TipcScope tipc_node_scope{3};

// Options of sol_tipc, and the values of tipc_importance.
inline constexpr Option tipc_importance{sol_tipc, 127};
inline constexpr Option tipc_src_droppable{sol_tipc, 128};
inline constexpr Option tipc_dest_droppable{sol_tipc, 129};
inline constexpr Option tipc_conn_timeout{sol_tipc, 130};
inline constexpr std::uint32_t tipc_low_importance = 0;
inline constexpr std::uint32_t tipc_medium_importance = 1;
inline constexpr std::uint32_t tipc_high_importance = 2;
inline constexpr std::uint32_t tipc_critical_importance = 3;

// Service types of TIPC itself, and what one says to its topology server.
inline constexpr std::uint32_t tipc_cfg_srv = 0;
inline constexpr std::uint32_t tipc_top_srv = 1;
inline constexpr std::uint32_t tipc_sub_ports = 1;
inline constexpr std::uint32_t tipc_sub_service = 2;
inline constexpr std::uint32_t tipc_sub_cancel = 4;
inline constexpr std::uint32_t tipc_wait_forever = 0xffffffff;
inline constexpr std::uint32_t tipc_published = 1;
inline constexpr std::uint32_t tipc_withdrawn = 2;
inline constexpr std::uint32_t tipc_subscr_timeout = 3;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_TIPC_H_
