// Waiting for what does not come.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_CASES_WAITING_SUPPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_CASES_WAITING_SUPPORT_H_

#include "framework/case.h"

namespace everysock::conformance {

// A time-out, and EAGAIN where it does not wait. Leaves the socket non-blocking.
inline void receive_in_vain(Socket& s) {
  REQUIRE_OK(s.settimeout(0.05));
  REQUIRE_TIMEOUT(s.recv(64));
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_ERROR(s.recv(64), Errc::eagain);
}

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_CASES_WAITING_SUPPORT_H_
