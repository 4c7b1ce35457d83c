// What has come to a CAN socket and waits to be received.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_INBOX_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_INBOX_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "everysock/constants/message_flags.h"

namespace everysock::memory {

class CanInbox {
 public:
  struct Letter {
    std::string bytes;
    std::uint32_t interface;
    MessageFlags flags;    // that the receiver is shown
    std::int64_t arrival;  // nanoseconds of the network's clock
  };

  bool empty() const noexcept { return letters_.empty(); }
  // False where the buffer of `limit` bytes has been full before: then the letter is lost.
  bool put(Letter letter, std::size_t limit);
  const Letter& front() const noexcept { return letters_.front(); }
  void pop();
  void clear();

 private:
  std::deque<Letter> letters_;
  std::size_t charged_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_INBOX_H_
