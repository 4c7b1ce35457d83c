// What came beside the bytes of a message and has not been received by the program yet.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_INCOMING_CONTROL_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_INCOMING_CONTROL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "backends/websocket/protocol/frames.h"
#include "everysock/control_message.h"

namespace everysock::websocket {

struct SocketState;

// A socket that a message brings.
struct PassedSocket {
  WireHandle wire = 0;
  WireHandle former = 0;
  PassedState state = PassedState::open;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  Address local;
  Address peer;
  std::shared_ptr<SocketState> socket = {};  // once the program has seen it
};

struct IncomingControl {
  std::vector<ControlMessage> items;  // all but SCM_RIGHTS
  std::vector<PassedSocket> passed;
  bool cut = false;  // by the server's system
};

// Where in a stream control messages came: they are received with the first of these bytes, and no call goes beyond the
// last.
struct Parcel {
  std::uint64_t begin = 0;  // counted from the stream's first byte
  std::uint64_t end = 0;
  std::size_t overhead = 0;  // the credit that it cost beyond its bytes
  IncomingControl control;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_INCOMING_CONTROL_H_
