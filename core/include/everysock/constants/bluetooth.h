// AF_BLUETOOTH: protocols, levels, options and their values. BlueZ; bluetooth(4) of the BSDs; ws2bth.h of Windows.
// Linux has no public header of the kernel for them: the numbers are those of the kernel's include/net/bluetooth.
#ifndef EVERYSOCK_CONSTANTS_BLUETOOTH_H_
#define EVERYSOCK_CONSTANTS_BLUETOOTH_H_

#include <cstdint>
#include <string_view>

#include "everysock/constant.h"

namespace everysock {

// Protocols.
inline constexpr Protocol btproto_l2cap{0};
inline constexpr Protocol btproto_hci{1};
inline constexpr Protocol btproto_sco{2};
inline constexpr Protocol btproto_rfcomm{3};

// Levels.
inline constexpr OptionLevel sol_hci{0};
inline constexpr OptionLevel sol_l2cap{6};
inline constexpr OptionLevel sol_sco{17};
inline constexpr OptionLevel sol_rfcomm{18};
inline constexpr OptionLevel sol_bluetooth{274};

// Addresses: of any adapter, of this machine; and their types.
inline constexpr std::string_view bdaddr_any = "00:00:00:00:00:00";
inline constexpr std::string_view bdaddr_local = "00:00:00:FF:FF:FF";
inline constexpr std::uint32_t bdaddr_bredr = 0;
inline constexpr std::uint32_t bdaddr_le_public = 1;
inline constexpr std::uint32_t bdaddr_le_random = 2;

// Options of sol_bluetooth, each followed by its values.
inline constexpr Option bt_channel_policy{sol_bluetooth, 10};
inline constexpr std::uint32_t bt_channel_policy_bredr_only = 0;
inline constexpr std::uint32_t bt_channel_policy_bredr_preferred = 1;
inline constexpr Option bt_codec{sol_bluetooth, 19};
inline constexpr Option bt_defer_setup{sol_bluetooth, 7};
inline constexpr Option bt_flushable{sol_bluetooth, 8};
inline constexpr std::uint32_t bt_flushable_off = 0;
inline constexpr std::uint32_t bt_flushable_on = 1;
inline constexpr Option bt_iso_qos{sol_bluetooth, 17};
inline constexpr Option bt_mode{sol_bluetooth, 15};
inline constexpr std::uint32_t bt_mode_basic = 0;
inline constexpr std::uint32_t bt_mode_ertm = 1;
inline constexpr std::uint32_t bt_mode_ext_flowctl = 4;
inline constexpr std::uint32_t bt_mode_le_flowctl = 3;
inline constexpr std::uint32_t bt_mode_streaming = 2;
inline constexpr Option bt_phy{sol_bluetooth, 14};
inline constexpr Option bt_pkt_status{sol_bluetooth, 16};
inline constexpr Option bt_power{sol_bluetooth, 9};
inline constexpr std::uint32_t bt_power_force_active_off = 0;
inline constexpr std::uint32_t bt_power_force_active_on = 1;
inline constexpr Option bt_rcvmtu{sol_bluetooth, 13};
inline constexpr Option bt_security{sol_bluetooth, 4};
inline constexpr std::uint32_t bt_security_fips = 4;
inline constexpr std::uint32_t bt_security_high = 3;
inline constexpr std::uint32_t bt_security_low = 1;
inline constexpr std::uint32_t bt_security_medium = 2;
inline constexpr std::uint32_t bt_security_sdp = 0;
inline constexpr Option bt_sndmtu{sol_bluetooth, 12};
inline constexpr Option bt_voice{sol_bluetooth, 11};
inline constexpr std::uint32_t bt_voice_cvsd_16bit = 96;
inline constexpr std::uint32_t bt_voice_transparent = 3;
inline constexpr std::uint32_t bt_voice_transparent_16bit = 99;

// Options of sol_hci, channels of an HCI socket, and the number of no device.
inline constexpr Option hci_data_dir{sol_hci, 1};
inline constexpr Option hci_filter{sol_hci, 2};
inline constexpr Option hci_time_stamp{sol_hci, 3};
inline constexpr std::uint32_t hci_channel_raw = 0;
inline constexpr std::uint32_t hci_channel_user = 1;
inline constexpr std::uint32_t hci_channel_monitor = 2;
inline constexpr std::uint32_t hci_channel_control = 3;
inline constexpr std::uint32_t hci_channel_logging = 4;
inline constexpr std::uint32_t hci_dev_none = 65535;

// The link mode of L2CAP and RFCOMM, and its bits.
inline constexpr Option l2cap_lm{sol_l2cap, 3};
inline constexpr std::uint32_t l2cap_lm_auth = 2;
inline constexpr std::uint32_t l2cap_lm_encrypt = 4;
inline constexpr std::uint32_t l2cap_lm_master = 1;
inline constexpr std::uint32_t l2cap_lm_reliable = 16;
inline constexpr std::uint32_t l2cap_lm_secure = 32;
inline constexpr std::uint32_t l2cap_lm_trusted = 8;
inline constexpr std::uint32_t rfcomm_lm_auth = 2;
inline constexpr std::uint32_t rfcomm_lm_encrypt = 4;
inline constexpr std::uint32_t rfcomm_lm_secure = 32;

// Options of NetBSD and DragonFlyBSD, and of Windows (so_bth); the numbers are this library's own.
inline constexpr Option so_bth_encrypt{sol_rfcomm, 0x10002};
inline constexpr Option so_bth_mtu{sol_rfcomm, 0x10007};
inline constexpr Option so_bth_mtu_max{sol_rfcomm, 0x10008};
inline constexpr Option so_bth_mtu_min{sol_rfcomm, 0x1000a};
inline constexpr Option so_hci_evt_filter{sol_hci, 0x10001};
inline constexpr Option so_hci_pkt_filter{sol_hci, 0x10002};
inline constexpr Option so_l2cap_encrypted{sol_l2cap, 0x10009};
inline constexpr Option so_l2cap_flush{sol_l2cap, 0x10005};
inline constexpr Option so_l2cap_imtu{sol_l2cap, 0x10001};
inline constexpr Option so_l2cap_iqos{sol_l2cap, 0x10003};
inline constexpr Option so_l2cap_lm{sol_l2cap, 0x10006};
inline constexpr Option so_l2cap_omtu{sol_l2cap, 0x10002};
inline constexpr Option so_l2cap_oqos{sol_l2cap, 0x10004};
inline constexpr Option so_rfcomm_fc_info{sol_rfcomm, 0x1000b};
inline constexpr Option so_rfcomm_lm{sol_rfcomm, 0x1000c};
inline constexpr Option so_rfcomm_mtu{sol_rfcomm, 0x10001};
inline constexpr Option so_sco_conninfo{sol_sco, 0x10003};
inline constexpr Option so_sco_handle{sol_sco, 0x10002};
inline constexpr Option so_sco_mtu{sol_sco, 0x10001};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_BLUETOOTH_H_
