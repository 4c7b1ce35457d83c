// Sockets on their way in messages (SCM_RIGHTS) over socket pairs. The backend that has the pairs does not know ours:
// what it carries is a token for the sockets of one message, an end of a further pair, passed once for each of them.
// The other end of that pair shows when no copy of the token is left, in whatever way the message went.
#ifndef EVERYSOCK_BACKENDS_WASI_PASSING_H_
#define EVERYSOCK_BACKENDS_WASI_PASSING_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "backends/wasi/socket_table.h"

namespace everysock::wasi {

class Passing {
 public:
  Passing(Backend& local, SocketTable& table) : local_(local), table_(table) {}
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  ~Passing() { drop_all(); }

  // Sends with the local handle what `request` says, its handles being the program's. Errors as Backend::send, and
  // EOPNOTSUPP for credentials, which a component has none of.
  Result<std::size_t> send(Handle over, const SendRequest& request);
  // Receives likewise.
  Result<std::size_t> receive(Handle over, ReceiveRequest& request);
  // Closes the local handle, and what is lost with it.
  void close(Handle handle);
  void drop_all();

 private:
  using Cookie = std::uint64_t;  // SO_COOKIE of a token, whatever its handle
  struct Message {
    std::vector<std::shared_ptr<Socket>> sockets;
    Handle watch;
  };

  // A token that stands for `sockets`; to be closed when it has been sent.
  Result<Handle> make_token(std::vector<std::shared_ptr<Socket>> sockets);
  Cookie cookie_of(Handle handle);
  // Makes handles of the program's of the tokens in `item`, and closes those. `before`: how many of the message's have
  // come already; what there is no room for is cut off at the end.
  void unpack(ControlMessage& item, std::size_t before, bool inheritable);
  // Closes what was in messages that are gone: received, or lost with a socket.
  void sweep();
  std::optional<Message> take_one_that_is_gone();

  Backend& local_;
  SocketTable& table_;
  std::map<Cookie, Message> messages_;
  bool sweeping_ = false;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_PASSING_H_
