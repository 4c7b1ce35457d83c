// The frame reader in both directions: it must not read beyond its input, and what it accepts must be what the writer
// writes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "backends/websocket/protocol/frame_reader.h"
#include "backends/websocket/protocol/frame_writer.h"

using namespace everysock::websocket;

namespace {

void read(std::string_view message, Direction direction) {
  std::string again;
  std::size_t accepted = 0;
  FrameReader reader(message, direction);
  while (!reader.done()) {
    const auto frame = reader.next();
    if (!frame) {
      if (close_code(frame.error()) < 1000) std::abort();
      break;
    }
    std::visit([&](const auto& body) { append_frame(again, frame->handle, body, frame->flags); }, frame->body);
    ++accepted;
  }
  // The protocol has one way to write each frame.
  if (again != message.substr(0, again.size())) std::abort();
  // And what was written is read again, frame for frame.
  FrameReader second(again, direction);
  while (!second.done()) {
    if (!second.next()) std::abort();
    --accepted;
  }
  if (accepted != 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy without slack, so that the sanitizers see a byte too far.
  const std::string input(reinterpret_cast<const char*>(data), size);
  read(input, Direction::to_server);
  read(input, Direction::to_client);
  return 0;
}
