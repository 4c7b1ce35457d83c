// Windows: ioctl codes (Winsock IOCTLs), Hyper-V sockets (hvsocket.h); and macOS: kernel control sockets.
#ifndef EVERYSOCK_CONSTANTS_WINDOWS_H_
#define EVERYSOCK_CONSTANTS_WINDOWS_H_

#include <cstdint>
#include <string_view>

#include "everysock/constant.h"
#include "everysock/constants/protocol.h"

namespace everysock {

// Codes of Socket::ioctl(), and values for sio_rcvall.
inline constexpr IoControl sio_rcvall{0x98000001};
inline constexpr IoControl sio_keepalive_vals{0x98000004};
inline constexpr IoControl sio_loopback_fast_path{0x98000010};
inline constexpr std::uint32_t rcvall_off = 0;
inline constexpr std::uint32_t rcvall_on = 1;
inline constexpr std::uint32_t rcvall_socketlevelonly = 2;
inline constexpr std::uint32_t rcvall_iplevel = 3;
inline constexpr std::uint32_t rcvall_max = 3;

// AF_HYPERV: its protocol, which is the level of its options too, and virtual machines that need no identifier.
inline constexpr Protocol hv_protocol_raw{0x20001};
inline constexpr Option hvsocket_connect_timeout{hv_protocol_raw, 1};
inline constexpr Option hvsocket_connected_suspend{hv_protocol_raw, 4};
inline constexpr std::uint32_t hvsocket_connect_timeout_max = 0x493e0;
inline constexpr std::uint32_t hvsocket_address_flag_passthru = 1;
inline constexpr std::string_view hv_guid_zero = "00000000-0000-0000-0000-000000000000";
inline constexpr std::string_view hv_guid_wildcard = "00000000-0000-0000-0000-000000000000";
inline constexpr std::string_view hv_guid_broadcast = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";
inline constexpr std::string_view hv_guid_children = "90DB8B89-0D35-4F79-8CE9-49EA0AC8B7CD";
inline constexpr std::string_view hv_guid_loopback = "E0E16197-DD56-4A10-9195-5EE7A155A838";
inline constexpr std::string_view hv_guid_parent = "A42E7CDA-D03F-480C-9CC2-A4DE20ABB878";

// PF_SYSTEM's protocol for kernel controls.
inline constexpr Protocol sysproto_control{0x30002};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_WINDOWS_H_
