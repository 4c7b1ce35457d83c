// Addresses of AF_VSOCK: between virtual machines and their host. Linux.
//
// Source: Python documentation, "Socket families" (spec row family/AF_VSOCK); vsock(7).
#ifndef EVERYSOCK_ADDRESSES_VSOCK_H_
#define EVERYSOCK_ADDRESSES_VSOCK_H_

#include <cstdint>

#include "everysock/constants.h"

namespace everysock {

// A context identifier, which is a machine's, and a port. What an unbound socket reports are vmaddr_cid_any and
// vmaddr_port_any.
struct VsockAddress {
  std::uint32_t cid = vmaddr_cid_any;
  std::uint32_t port = vmaddr_port_any;

  friend bool operator==(const VsockAddress&, const VsockAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_VSOCK_H_
