#include "backends/wasi/local_socket.h"

namespace everysock::wasi {

// Its handles are not ours: nothing can be passed.
Result<std::size_t> LocalSocket::send(const SendRequest& request) {
  if (!request.control.empty()) return fail(Operation::send, Errc::eopnotsupp);
  return local_.send(handle_, request);
}

Result<std::size_t> LocalSocket::receive(ReceiveRequest& request) {
  ReceiveRequest without_control = request;
  without_control.control_capacity = 0;
  without_control.control = nullptr;
  Result<std::size_t> received = local_.receive(handle_, without_control);
  request.received_flags = without_control.received_flags;
  return received;
}

Interest LocalSocket::ready(Interest interest) {
  WaitItem item{handle_, interest};
  // Looking cannot fail while the socket is open.
  if (!local_.wait({&item, 1}, Deadline::passed())) return interest;
  return item.ready;
}

}  // namespace everysock::wasi
