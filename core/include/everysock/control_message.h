// Ancillary data: what travels beside the bytes of a message (cmsg(3), RFC 3542).
#ifndef EVERYSOCK_CONTROL_MESSAGE_H_
#define EVERYSOCK_CONTROL_MESSAGE_H_

#include <string>

#include "everysock/constants.h"

namespace everysock {

// One item of ancillary data: (level, type, data) in the documentation. `data` is the payload without header or
// padding, in the layout of the level and type: for (sol_socket, scm_rights) an array of C ints.
struct ControlMessage {
  OptionLevel level;
  ControlType type;
  std::string data;

  friend bool operator==(const ControlMessage&, const ControlMessage&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_CONTROL_MESSAGE_H_
