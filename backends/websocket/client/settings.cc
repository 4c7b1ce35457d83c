#include <algorithm>
#include <cstring>

#include "backends/websocket/client/backend.h"

namespace everysock::websocket {

Result<std::size_t> WebsocketBackend::get_option(Handle handle, OptionLevel level, Option option,
                                                 std::span<std::byte> value) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::getsockopt);
  if (!socket) return Unexpected(socket.error());
  ClientEngine& engine = lock.engine();
  if (const auto local = engine.local_option(**socket, level, option, value)) return *local;
  std::string bytes;
  if (lock.may_block()) {
    Reply reply;
    if (auto asked = engine.get_option(*socket, level, option, value.size(), &reply); !asked) {
      return Unexpected(asked.error());
    }
    if (auto answer = lock.wait(reply); !answer) return Unexpected(answer.error());
    bytes = std::move(reply.text);
  } else {
    auto known = engine.known_option(**socket, option);
    if (!known) return fail(Operation::getsockopt, UsageErrc::would_block_page);
    bytes = std::move(*known);
  }
  const std::size_t size = std::min(bytes.size(), value.size());
  if (size > 0) std::memcpy(value.data(), bytes.data(), size);
  return size;
}

Result<void> WebsocketBackend::set_option(Handle handle, OptionLevel level, Option option,
                                          std::span<const std::byte> value) {
  Session::Lock lock(session_);
  const auto socket = find(handle, Operation::setsockopt);
  if (!socket) return Unexpected(socket.error());
  Reply reply;
  const auto settled = lock.engine().set_option(*socket, level, option, value, lock.may_block() ? &reply : nullptr);
  if (!settled) return Unexpected(settled.error());
  if (*settled) return {};
  return lock.wait(reply);
}

}  // namespace everysock::websocket
