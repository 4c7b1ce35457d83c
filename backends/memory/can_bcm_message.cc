#include "backends/memory/can_bcm_message.h"

#include <cstring>

namespace everysock::memory {

std::string can_bcm_bytes(const CanBcmHead& head, const std::vector<CanPacket>& frames) {
  std::string bytes(sizeof(head), '\0');
  std::memcpy(bytes.data(), &head, sizeof(head));
  for (const CanPacket& frame : frames) bytes += frame.bytes();
  return bytes;
}

}  // namespace everysock::memory
