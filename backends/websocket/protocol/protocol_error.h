// Why one end of the protocol hangs up on the other (docs/protocol.md, "Refusals").
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_PROTOCOL_ERROR_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_PROTOCOL_ERROR_H_

#include <cstdint>
#include <string_view>

namespace everysock::websocket {

// Each is sent as the close code and the reason text of the WebSocket's close frame.
enum class ProtocolError : std::uint8_t {
#define EVERYSOCK_PROTOCOL_ERROR(enumerator, reason, close_code, text) enumerator,
#include "backends/websocket/protocol/protocol_error.inc"
#undef EVERYSOCK_PROTOCOL_ERROR
};

// The reason text: "bad-length".
std::string_view reason(ProtocolError error) noexcept;
// 1002, 1003, 1008, 1009 or 1013 (RFC 6455 7.4.1 and the registry it founds).
std::uint16_t close_code(ProtocolError error) noexcept;
// For a person: "a frame's payload is shorter or longer than its fields".
std::string_view describe(ProtocolError error) noexcept;

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_PROTOCOL_ERROR_H_
