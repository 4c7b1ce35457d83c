// CAN_BCM sockets, and their messages.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_BCM_SUPPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_BCM_SUPPORT_H_

#include <string>
#include <string_view>

#include "can_support.h"
#include "everysock/can_bcm.h"

namespace everysock::conformance {

inline constexpr std::int64_t millisecond = 1000;  // as intervals are counted
inline constexpr std::uint32_t set_and_start = can_bcm_settimer | can_bcm_starttimer;

inline Socket manager(Context& t, const char* interface = "vcan0") {
  Socket s = open_can(t, sock_dgram, can_bcm);
  REQUIRE_OK(s.connect(CanAddress{interface}));
  return s;
}

inline Result<std::size_t> attempt(Socket& s, const CanBcmMessage& message) {
  return s.send(REQUIRE_OK(message.pack()));
}

// All of the message is taken.
inline void ask(Socket& s, const CanBcmMessage& message) {
  const std::size_t size = REQUIRE_OK(message.pack()).size();
  REQUIRE_EQ(REQUIRE_OK(attempt(s, message)), size);
}

inline CanBcmMessage told(Socket& s) {
  return REQUIRE_OK(CanBcmMessage::unpack(REQUIRE_OK(s.recv(CanBcmMessage::max_packed))));
}

inline CanFrame frame(std::string_view notation) { return REQUIRE_OK(CanFrame::parse(notation)); }

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_BCM_SUPPORT_H_
