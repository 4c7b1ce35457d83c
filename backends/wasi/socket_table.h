// The program's sockets: those that it has handles of, and those that it has given up while they still send.
#ifndef EVERYSOCK_BACKENDS_WASI_SOCKET_TABLE_H_
#define EVERYSOCK_BACKENDS_WASI_SOCKET_TABLE_H_

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "backends/wasi/socket.h"

namespace everysock::wasi {

class SocketTable {
 public:
  // Gives it the lowest number that is free.
  Handle add(std::shared_ptr<Socket> socket, bool inheritable = false);
  // Null where the handle is not open.
  std::shared_ptr<Socket> find(Handle handle) const;
  bool* inheritable(Handle handle);
  // Closes the handle; false where it is not open.
  bool remove(Handle handle);
  void remove_all();

  // Somebody needs `socket` no more: where that was the last, it goes once the host has taken over all of its data.
  void release(std::shared_ptr<Socket> socket);
  // The same while the program still has it: its end follows its data.
  void settle_later(std::shared_ptr<Socket> socket) { unsettled_.push_back(std::move(socket)); }
  // Sees to all of these, and returns whether none is left.
  bool settle();

 private:
  struct Entry {
    std::shared_ptr<Socket> socket;
    bool inheritable;
  };
  std::map<Handle, Entry> sockets_;
  std::vector<std::shared_ptr<Socket>> unsettled_;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_SOCKET_TABLE_H_
