// Control messages on their way to the server: what can be found wrong here, is.
#include "backends/websocket/client/backend.h"
#include "backends/websocket/engine/option_value.h"
#include "everysock/control_room.h"

namespace everysock::websocket {
namespace {

constexpr Operation kOperation = Operation::send;
constexpr std::size_t most_passed = 253;  // SCM_MAX_FD

std::int32_t int_at(std::string_view data, std::size_t index) {
  const std::string_view part = data.substr(index * sizeof(std::int32_t), sizeof(std::int32_t));
  return get_int(std::as_bytes(std::span(part.data(), part.size())));
}

void append_handle(std::string& handles, WireHandle handle) {
  for (int shift = 0; shift < 32; shift += 8) handles.push_back(static_cast<char>((handle >> shift) & 0xff));
}

}  // namespace

Result<WebsocketBackend::WireMessages> WebsocketBackend::to_wire(const SocketState& socket,
                                                                 std::span<const ControlMessage> control) const {
  WireMessages wire;
  if (control_space(control) > max_control) return fail(kOperation, Errc::enobufs);
  for (const ControlMessage& message : control) {
    if (message.level.is_native()) return fail(kOperation, Errc::einval);
    if (socket.is_unix() && message.level != sol_socket) continue;  // as Linux does
    if (message.type.is_native()) return fail(kOperation, Errc::einval);
    if (message.level != sol_socket || message.type != scm_rights) {
      wire.items.push_back({message.level, message.type, message.data});
      continue;
    }
    if (!socket.is_unix()) continue;
    std::string& handles = wire.handles.emplace_back();
    for (std::size_t i = 0; i < message.data.size() / sizeof(std::int32_t); ++i) {
      if (wire.passed.size() == most_passed) return fail(kOperation, Errc::einval);
      auto passed = find(static_cast<Handle>(int_at(message.data, i)), kOperation);
      if (!passed) return Unexpected(passed.error());
      append_handle(handles, (*passed)->wire);
      wire.passed.push_back(*std::move(passed));
    }
    if (!handles.empty()) wire.items.push_back({sol_socket, scm_rights, handles});
  }
  return wire;
}

}  // namespace everysock::websocket
