// AF_CAN: protocols, options, frame identifiers, broadcast manager and J1939. Linux, Documentation/networking/can.rst
// and j1939.rst.
#ifndef EVERYSOCK_CONSTANTS_CAN_H_
#define EVERYSOCK_CONSTANTS_CAN_H_

#include <cstdint>

#include "everysock/constant.h"

namespace everysock {

// Protocols: raw frames, the broadcast manager, ISO 15765-2 transport, SAE J1939.
inline constexpr Protocol can_raw{1};
inline constexpr Protocol can_bcm{2};
inline constexpr Protocol can_isotp{6};
inline constexpr Protocol can_j1939{7};

// Levels. Those of the protocols are sol_can_base and the protocol.
inline constexpr OptionLevel sol_can_base{100};
inline constexpr OptionLevel sol_can_raw{101};
inline constexpr OptionLevel sol_can_bcm{102};
inline constexpr OptionLevel sol_can_isotp{106};
inline constexpr OptionLevel sol_can_j1939{107};

// Options of sol_can_raw. can_raw_filter takes an array of (identifier, mask) pairs of 32-bit integers,
// can_raw_err_filter a mask of error classes, the others an int.
inline constexpr Option can_raw_filter{sol_can_raw, 1};
inline constexpr Option can_raw_err_filter{sol_can_raw, 2};
inline constexpr Option can_raw_loopback{sol_can_raw, 3};
inline constexpr Option can_raw_recv_own_msgs{sol_can_raw, 4};
inline constexpr Option can_raw_fd_frames{sol_can_raw, 5};
inline constexpr Option can_raw_join_filters{sol_can_raw, 6};
inline constexpr Option can_raw_xl_frames{sol_can_raw, 7};

// Identifiers: extended (29 bits), remote request, error; and what a standard or extended identifier can be.
inline constexpr std::uint32_t can_eff_flag = 0x80000000;
inline constexpr std::uint32_t can_rtr_flag = 0x40000000;
inline constexpr std::uint32_t can_err_flag = 0x20000000;
inline constexpr std::uint32_t can_sff_mask = 0x7ff;
inline constexpr std::uint32_t can_eff_mask = 0x1fffffff;
inline constexpr std::uint32_t can_err_mask = 0x1fffffff;

// Broadcast manager: operations of a message to it, and of those that come from it.
inline constexpr std::uint32_t can_bcm_tx_setup = 1;
inline constexpr std::uint32_t can_bcm_tx_delete = 2;
inline constexpr std::uint32_t can_bcm_tx_read = 3;
inline constexpr std::uint32_t can_bcm_tx_send = 4;
inline constexpr std::uint32_t can_bcm_rx_setup = 5;
inline constexpr std::uint32_t can_bcm_rx_delete = 6;
inline constexpr std::uint32_t can_bcm_rx_read = 7;
inline constexpr std::uint32_t can_bcm_tx_status = 8;
inline constexpr std::uint32_t can_bcm_tx_expired = 9;
inline constexpr std::uint32_t can_bcm_rx_status = 10;
inline constexpr std::uint32_t can_bcm_rx_timeout = 11;
inline constexpr std::uint32_t can_bcm_rx_changed = 12;

// Flags of such a message.
inline constexpr std::uint32_t can_bcm_settimer = 1;
inline constexpr std::uint32_t can_bcm_starttimer = 2;
inline constexpr std::uint32_t can_bcm_tx_countevt = 4;
inline constexpr std::uint32_t can_bcm_tx_announce = 8;
inline constexpr std::uint32_t can_bcm_tx_cp_can_id = 16;
inline constexpr std::uint32_t can_bcm_rx_filter_id = 32;
inline constexpr std::uint32_t can_bcm_rx_check_dlc = 64;
inline constexpr std::uint32_t can_bcm_rx_no_autotimer = 128;
inline constexpr std::uint32_t can_bcm_rx_announce_resume = 256;
inline constexpr std::uint32_t can_bcm_tx_reset_multi_idx = 512;
inline constexpr std::uint32_t can_bcm_rx_rtr_frame = 1024;
inline constexpr std::uint32_t can_bcm_can_fd_frame = 2048;

// J1939: names, parameter group numbers and addresses.
inline constexpr std::uint64_t j1939_no_name = 0;
inline constexpr std::uint32_t j1939_no_pgn = 0x40000;
inline constexpr std::uint32_t j1939_pgn_request = 59904;
inline constexpr std::uint32_t j1939_pgn_address_claimed = 60928;
inline constexpr std::uint32_t j1939_pgn_address_commanded = 65240;
inline constexpr std::uint32_t j1939_pgn_pdu1_max = 0x3ff00;
inline constexpr std::uint32_t j1939_pgn_max = 0x3ffff;
inline constexpr std::uint8_t j1939_max_unicast_addr = 253;
inline constexpr std::uint8_t j1939_idle_addr = 254;
inline constexpr std::uint8_t j1939_no_addr = 255;
inline constexpr std::uint32_t j1939_filter_max = 512;

// Options of sol_can_j1939.
inline constexpr Option so_j1939_filter{sol_can_j1939, 1};
inline constexpr Option so_j1939_promisc{sol_can_j1939, 2};
inline constexpr Option so_j1939_send_prio{sol_can_j1939, 3};
inline constexpr Option so_j1939_errqueue{sol_can_j1939, 4};

// Control messages of sol_can_j1939.
inline constexpr ControlType scm_j1939_dest_addr{1};
inline constexpr ControlType scm_j1939_dest_name{2};
inline constexpr ControlType scm_j1939_prio{3};
inline constexpr ControlType scm_j1939_errqueue{4};

// In the error queue.
inline constexpr std::uint32_t j1939_nla_pad = 0;
inline constexpr std::uint32_t j1939_nla_bytes_acked = 1;
inline constexpr std::uint32_t j1939_ee_info_none = 0;
inline constexpr std::uint32_t j1939_ee_info_tx_abort = 1;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_CAN_H_
