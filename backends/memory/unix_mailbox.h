// Messages that have come to an AF_UNIX socket.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_MAILBOX_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_MAILBOX_H_

#include "backends/memory/datagram_queue.h"
#include "backends/memory/unix_socket.h"

namespace everysock::memory {

class UnixMailbox {
 public:
  bool empty() const noexcept { return queue_.empty(); }
  std::size_t count() const noexcept { return queue_.count(); }
  bool holds_data() const noexcept { return count() > 1 || (!empty() && queue_.front().size > 0); }

  void put(UnixSocket& sender, Gather& data, Ancillary ancillary);
  // Takes the first message, which there is (msg_peek: shows it).
  std::size_t receive(Machine& machine, const OptionValues& options, ReceiveRequest& request, Scatter& room);
  void clear();

 private:
  void pop();

  DatagramQueue queue_;
};

// What a message of `size` bytes may not exceed: Linux keeps a little of the send buffer for itself.
constexpr bool too_large_for(std::int32_t send_buffer, std::size_t size) noexcept {
  constexpr std::size_t kKept = 32;
  return size > static_cast<std::size_t>(send_buffer) - kKept;
}

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_MAILBOX_H_
