#include "backends/memory/can_inbox.h"

#include <utility>

#include "backends/memory/datagram_queue.h"

namespace everysock::memory {

bool CanInbox::put(Letter letter, std::size_t limit) {
  if (charged_ >= limit) return false;
  charged_ += charge_of(letter.bytes.size());
  letters_.push_back(std::move(letter));
  return true;
}

void CanInbox::pop() {
  charged_ -= charge_of(letters_.front().bytes.size());
  letters_.pop_front();
}

void CanInbox::clear() {
  letters_.clear();
  charged_ = 0;
}

}  // namespace everysock::memory
