// Sockets of AF_BLUETOOTH on the host's controllers hci0 and hci1, which hear each other.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_CASES_BLUETOOTH_SUPPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_CASES_BLUETOOTH_SUPPORT_H_

#include "waiting_support.h"

namespace everysock::conformance {

// That nobody has.
inline const BdAddr absent_device("00:DE:AD:00:BE:EF");

inline BdAddr controller(Context& t, std::uint16_t number) {
  REQUIRE_OK(socket(af_bluetooth, sock_raw, btproto_hci, t.backend()));  // or the refusal
  const auto address = bluetooth_controller(t.backend(), number);
  REQUIRE(address.has_value());
  return *address;
}

inline Socket open_bluetooth(Context& t, SocketKind kind, Protocol protocol) {
  Socket s = REQUIRE_OK(socket(af_bluetooth, kind, protocol, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

// A client that is bound to `from` and connected to `to`, where a server of the same kind listens.
inline Connection connect_bluetooth(Context& t, SocketKind kind, Protocol protocol, const Address& from,
                                    const Address& to) {
  Socket listener = open_bluetooth(t, kind, protocol);
  REQUIRE_OK(listener.bind(to));
  REQUIRE_OK(listener.listen());
  Socket client = open_bluetooth(t, kind, protocol);
  REQUIRE_OK(client.bind(from));
  REQUIRE_OK(client.connect(to));
  auto accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(accepted.address, REQUIRE_OK(accepted.socket.getpeername()));
  REQUIRE_OK(accepted.socket.settimeout(Context::patience));
  return {std::move(client), std::move(accepted.socket)};
}

// Nobody calls the one and nothing comes to the other.
inline void wait_for_nobody(Socket& listener, Socket& connected) {
  REQUIRE_OK(listener.settimeout(0.05));
  REQUIRE_TIMEOUT(listener.accept());
  receive_in_vain(connected);
}

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_CASES_BLUETOOTH_SUPPORT_H_
