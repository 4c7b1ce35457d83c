// Bytes to frames: strict, bounded, allocating only for lists.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_READER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_READER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/protocol/protocol_error.h"

namespace everysock::websocket {

// Goes over the frames of one binary message, which must stay in place while the frames are used: they refer to it.
//
//   FrameReader reader(message, Direction::to_server);
//   while (!reader.done()) {
//     auto frame = reader.next();
//     if (!frame) return hang_up(frame.error());
//     std::visit(..., frame->body);
//   }
class FrameReader {
 public:
  // `direction` is Direction::to_server at the server and to_client at the client; `max_frame` the payload announced
  // in the reader's own hello.
  FrameReader(std::string_view message, Direction direction, std::uint32_t max_frame = min_max_frame) noexcept
      : rest_(message), direction_(direction), max_frame_(max_frame) {}

  bool done() const noexcept { return rest_.empty(); }
  // Not to be called when done(), nor again after an error.
  tl::expected<Frame, ProtocolError> next();

 private:
  std::string_view rest_;
  Direction direction_;
  std::uint32_t max_frame_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_READER_H_
