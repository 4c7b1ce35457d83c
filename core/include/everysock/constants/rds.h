// AF_RDS: reliable datagrams. Linux, rds(7), rds-rdma(7).
#ifndef EVERYSOCK_CONSTANTS_RDS_H_
#define EVERYSOCK_CONSTANTS_RDS_H_

#include <cstdint>

#include "everysock/constant.h"

namespace everysock {

// Level.
inline constexpr OptionLevel sol_rds{276};

// Options.
inline constexpr Option rds_cancel_sent_to{sol_rds, 1};
inline constexpr Option rds_get_mr{sol_rds, 2};
inline constexpr Option rds_free_mr{sol_rds, 3};
inline constexpr Option rds_recverr{sol_rds, 5};
inline constexpr Option rds_cong_monitor{sol_rds, 6};
inline constexpr Option rds_get_mr_for_dest{sol_rds, 7};

// Control messages.
inline constexpr ControlType rds_cmsg_rdma_args{1};
inline constexpr ControlType rds_cmsg_rdma_dest{2};
inline constexpr ControlType rds_cmsg_rdma_map{3};
inline constexpr ControlType rds_cmsg_rdma_status{4};
inline constexpr ControlType rds_cmsg_rdma_update{5};

// Flags of rds_cmsg_rdma_args.
inline constexpr std::uint32_t rds_rdma_readwrite = 1;
inline constexpr std::uint32_t rds_rdma_fence = 2;
inline constexpr std::uint32_t rds_rdma_invalidate = 4;
inline constexpr std::uint32_t rds_rdma_use_once = 8;
inline constexpr std::uint32_t rds_rdma_dontwait = 16;
inline constexpr std::uint32_t rds_rdma_notify_me = 32;
inline constexpr std::uint32_t rds_rdma_silent = 64;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_RDS_H_
