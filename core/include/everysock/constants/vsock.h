// AF_VSOCK: between virtual machines and their host. Linux, vsock(7).
#ifndef EVERYSOCK_CONSTANTS_VSOCK_H_
#define EVERYSOCK_CONSTANTS_VSOCK_H_

#include <cstdint>

#include "everysock/constant.h"
#include "everysock/constants/address_family.h"

namespace everysock {

// Context identifiers and the port that stands for "any".
inline constexpr std::uint32_t vmaddr_cid_any = 0xffffffff;
inline constexpr std::uint32_t vmaddr_cid_local = 1;
inline constexpr std::uint32_t vmaddr_cid_host = 2;
inline constexpr std::uint32_t vmaddr_port_any = 0xffffffff;
inline constexpr std::uint32_t vm_sockets_invalid_version = 0xffffffff;

// Options of the level af_vsock; their values are 64-bit integers.
inline constexpr Option so_vm_sockets_buffer_size{OptionLevel(af_vsock), 0};
inline constexpr Option so_vm_sockets_buffer_min_size{OptionLevel(af_vsock), 1};
inline constexpr Option so_vm_sockets_buffer_max_size{OptionLevel(af_vsock), 2};

// On /dev/vsock: this machine's context identifier.
inline constexpr IoControl ioctl_vm_sockets_get_local_cid{1977};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_VSOCK_H_
