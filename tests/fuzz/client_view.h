// What a client of the proxy knows of the conversation: which requests wait for a reply, what may still come. It reads
// both directions and ends the process where the proxy says what it must not.
#ifndef EVERYSOCK_TESTS_FUZZ_CLIENT_VIEW_H_
#define EVERYSOCK_TESTS_FUZZ_CLIENT_VIEW_H_

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "backends/websocket/protocol/frames.h"

namespace everysock::fuzz {

class ClientView {
 public:
  // A message that the client sends; frames behind a malformed one do not count.
  void sends(std::string_view message);
  // A message that the proxy sends.
  void receives(std::string_view message);

 private:
  void granted(websocket::WireHandle handle, std::int64_t amount) { balance_[handle] += amount; }
  void used(websocket::WireHandle handle, std::int64_t amount) { balance_[handle] -= amount; }
  void replied(std::uint32_t request);

  std::int64_t window_ = 0;
  // Numbers may be used again once they have been replied to, which may be within one message.
  std::unordered_map<std::uint32_t, int> waiting_;
  // What the proxy may still push, over all lives of a handle: an upper bound.
  std::unordered_map<websocket::WireHandle, std::int64_t> balance_;
};

}  // namespace everysock::fuzz

#endif  // EVERYSOCK_TESTS_FUZZ_CLIENT_VIEW_H_
