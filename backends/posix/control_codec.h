// Between control messages and the system's cmsg buffers.
#ifndef EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_
#define EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_

#include <sys/socket.h>

#include <span>
#include <vector>

#include "everysock/control_message.h"
#include "everysock/error.h"

namespace everysock::posix {

// The buffer for msg_control. EINVAL for a level this system lacks or data beyond what a header can say.
Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages);

// Appends what a received message carries. An item whose data was cut is given as far as it goes; one whose header was
// cut is left out.
void decode_control(const msghdr& message, std::vector<ControlMessage>& messages);

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_
