// The name of a network interface within an address.
#ifndef EVERYSOCK_ADDRESSES_INTERFACE_TEXT_H_
#define EVERYSOCK_ADDRESSES_INTERFACE_TEXT_H_

#include "everysock/inline_text.h"

namespace everysock {

// "eth0", at most 15 bytes (IFNAMSIZ - 1; UsageErrc::interface_name_too_long). "" stands for all interfaces, or none in
// particular. A name that the system does not have gives ENODEV.
using InterfaceText = InlineText<15>;

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_INTERFACE_TEXT_H_
