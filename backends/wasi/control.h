// Ancillary data: what is in an item, and what the host's sockets, which carry none, make of it.
#ifndef EVERYSOCK_BACKENDS_WASI_CONTROL_H_
#define EVERYSOCK_BACKENDS_WASI_CONTROL_H_

#include <span>

#include "everysock/constants.h"
#include "everysock/control_message.h"
#include "everysock/error.h"

namespace everysock::wasi {

bool is_rights(const ControlMessage& item);
bool is_credentials(const ControlMessage& item);

// As Linux: TCP takes no notice of handles and credentials, nor of other levels. EINVAL for what else is of sol_socket.
Result<void> check_tcp_control(std::span<const ControlMessage> control);
// UDP looks at its own levels as well: EINVAL for what is nothing there, EOPNOTSUPP for what the host cannot do.
Result<void> check_udp_control(AddressFamily family, std::span<const ControlMessage> control);

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_CONTROL_H_
