#ifndef EVERYSOCK_TESTS_WEBSOCKET_WIRE_EXPECT_H_
#define EVERYSOCK_TESTS_WEBSOCKET_WIRE_EXPECT_H_

#include <doctest/doctest.h>

#include "tests/websocket/wire.h"

namespace everysock::websocket {

template <typename Body>
Body Wire::expect() {
  const Frame frame = next();
  handle = frame.handle;
  flags = frame.flags;
  REQUIRE(static_cast<int>(frame.type()) == static_cast<int>(Body::type_number));
  return std::get<Body>(frame.body);
}

}  // namespace everysock::websocket

#endif  // EVERYSOCK_TESTS_WEBSOCKET_WIRE_EXPECT_H_
