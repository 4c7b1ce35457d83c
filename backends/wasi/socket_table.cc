#include "backends/wasi/socket_table.h"

#include <utility>

namespace everysock::wasi {
namespace {

constexpr std::int64_t kFirstHandle = 3;  // as where 0 to 2 are the standard streams

}  // namespace

Handle SocketTable::add(std::shared_ptr<Socket> socket, bool inheritable) {
  std::int64_t number = kFirstHandle;
  for (const auto& [handle, entry] : sockets_) {
    if (static_cast<std::int64_t>(handle) != number) break;
    ++number;
  }
  const Handle handle{number};
  sockets_.emplace(handle, Entry{std::move(socket), inheritable});
  return handle;
}

std::shared_ptr<Socket> SocketTable::find(Handle handle) const {
  const auto found = sockets_.find(handle);
  return found == sockets_.end() ? nullptr : found->second.socket;
}

bool* SocketTable::inheritable(Handle handle) {
  const auto found = sockets_.find(handle);
  return found == sockets_.end() ? nullptr : &found->second.inheritable;
}

bool SocketTable::remove(Handle handle) {
  const auto found = sockets_.find(handle);
  if (found == sockets_.end()) return false;
  std::shared_ptr<Socket> socket = std::move(found->second.socket);
  sockets_.erase(found);
  release(std::move(socket));
  return true;
}

void SocketTable::remove_all() {
  while (!sockets_.empty()) remove(sockets_.begin()->first);
}

void SocketTable::release(std::shared_ptr<Socket> socket) {
  if (socket.use_count() == 1 && !socket->is_drained()) unsettled_.push_back(std::move(socket));
}

bool SocketTable::settle() {
  if (!unsettled_.empty()) {
    std::erase_if(unsettled_, [](const std::shared_ptr<Socket>& socket) { return socket->is_drained(); });
  }
  return unsettled_.empty();
}

}  // namespace everysock::wasi
