// Between control messages and the system's cmsg buffers.
#ifndef EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_
#define EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_

#include <sys/socket.h>

#include <span>
#include <vector>

#include "everysock/control_message.h"
#include "everysock/error.h"

namespace everysock::posix {

// The buffer for msg_control. EINVAL for a level this system lacks, ENOPROTOOPT for a type. Core has seen to it that
// sizes add up.
Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages);

// Appends what a received message carries. An item whose data was cut is given as far as it goes; one that was cut
// before its data is left out. False where an item says to be longer than the buffer, or shorter than a header.
bool decode_control(const msghdr& message, std::vector<ControlMessage>& messages);

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_CONTROL_CODEC_H_
