// Addresses of PF_SYSTEM sockets of the protocol SYSPROTO_CONTROL: controls of the kernel. macOS.
//
//   s.connect(SystemControlAddress{"com.apple.net.utun_control"});
//   s.connect(SystemControlAddress{.id = 7, .unit = 2});
//
// Source: Python documentation, "Socket families" (spec row family/PF_SYSTEM); sys/kern_control.h.
#ifndef EVERYSOCK_ADDRESSES_SYSTEM_H_
#define EVERYSOCK_ADDRESSES_SYSTEM_H_

#include <cstdint>

#include "everysock/inline_text.h"

namespace everysock {

// A name of at most 95 bytes, which the system turns into an id (UsageErrc::system_control_name where it is too long or
// the system has none of that name), or the id itself. Returned addresses have the id and the unit, and no name.
struct SystemControlAddress {
  InlineText<95> name = {};
  std::uint32_t id = 0;
  std::uint32_t unit = 0;

  friend bool operator==(const SystemControlAddress&, const SystemControlAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_SYSTEM_H_
