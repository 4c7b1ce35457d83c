// Between control messages and Winsock's WSACMSGHDR buffers.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_CONTROL_CODEC_H_
#define EVERYSOCK_BACKENDS_WINSOCK_CONTROL_CODEC_H_

#include <span>
#include <vector>

#include "everysock/control_message.h"
#include "everysock/error.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

// The items that mean something to `socket`, which those of another level than its family's do not, and none to a
// stream. EINVAL for a type that nobody knows or data that its type cannot have, ENOPROTOOPT for a type that Windows
// lacks, ENOBUFS for too much of it.
Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages, SOCKET socket);

// Appends what a received message carries.
void decode_control(const WSAMSG& message, std::vector<ControlMessage>& messages);

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_CONTROL_CODEC_H_
