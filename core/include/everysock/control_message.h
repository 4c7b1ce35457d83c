// Ancillary data: what travels beside the bytes of a message (cmsg(3), RFC 3542).
#ifndef EVERYSOCK_CONTROL_MESSAGE_H_
#define EVERYSOCK_CONTROL_MESSAGE_H_

#include <string>

#include "everysock/constants.h"

namespace everysock {

// One item of ancillary data: (level, type, data) in the documentation. `data` is the payload without header or
// padding, in the layout that Linux on x86-64 gives the level and type, whatever the backend: for
// (sol_socket, scm_rights) an array of ints of 4 bytes, little-endian. control_messages.h has structs for the common
// ones.
struct ControlMessage {
  OptionLevel level;
  ControlType type;
  std::string data;

  friend bool operator==(const ControlMessage&, const ControlMessage&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_CONTROL_MESSAGE_H_
