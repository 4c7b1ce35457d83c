#include "backends/websocket/protocol/protocol_error.h"

#include <array>
#include <cstddef>

namespace everysock::websocket {
namespace {

struct Row {
  std::string_view reason;
  std::uint16_t close_code;
  std::string_view text;
};

constexpr std::array rows = {
#define EVERYSOCK_PROTOCOL_ERROR(enumerator, reason, close_code, text) Row{reason, close_code, text},
#include "backends/websocket/protocol/protocol_error.inc"
#undef EVERYSOCK_PROTOCOL_ERROR
};

const Row& row(ProtocolError error) noexcept { return rows[static_cast<std::size_t>(error)]; }

}  // namespace

std::string_view reason(ProtocolError error) noexcept { return row(error).reason; }
std::uint16_t close_code(ProtocolError error) noexcept { return row(error).close_code; }
std::string_view describe(ProtocolError error) noexcept { return row(error).text; }

}  // namespace everysock::websocket
