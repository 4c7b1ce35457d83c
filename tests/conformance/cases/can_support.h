// CAN sockets on the host's interface "vcan0", and frames in candump's notation.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_SUPPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_SUPPORT_H_

#include <string>
#include <string_view>

#include "everysock/can_frame.h"
#include "framework/case.h"

namespace everysock::conformance {

inline Socket open_can(Context& t, SocketKind kind, Protocol protocol) {
  Socket s = REQUIRE_OK(socket(af_can, kind, protocol, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

// A CAN_RAW socket that hears everything on the interface but FD and XL frames, and what it sends itself.
inline Socket raw_can(Context& t, const char* interface = "vcan0") {
  Socket s = open_can(t, sock_raw, can_raw);
  REQUIRE_OK(s.bind(CanAddress{interface}));
  return s;
}

// One that hears this identifier alone.
inline Socket raw_can_for(Context& t, std::uint32_t id) {
  Socket s = open_can(t, sock_raw, can_raw);
  const std::uint32_t filter[2] = {id, ((id & can_eff_flag) != 0 ? can_eff_mask : can_sff_mask) | can_eff_flag};
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_filter, ConstBuffer(filter, sizeof(filter))));
  REQUIRE_OK(s.bind(CanAddress{"vcan0"}));
  return s;
}

inline void say(Socket& s, std::string_view notation) {
  const std::string bytes = REQUIRE_OK(REQUIRE_OK(CanFrame::parse(notation)).pack());
  REQUIRE_EQ(REQUIRE_OK(s.send(bytes)), bytes.size());
}

// The next frame. Linux before 6.1 does not say of FD frames that they are such.
inline std::string hear(Socket& s) {
  CanFrame frame = REQUIRE_OK(CanFrame::unpack(REQUIRE_OK(s.recv(CanFrame::max_packed))));
  if (frame.format == CanFormat::fd) frame.flags &= static_cast<std::uint8_t>(~canfd_fdf);
  return frame.str();
}

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_CASES_CAN_SUPPORT_H_
