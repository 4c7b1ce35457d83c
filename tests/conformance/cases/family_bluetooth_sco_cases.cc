// BTPROTO_SCO between two controllers: synchronous links, as for a headset. bluetooth(7) of BlueZ.
#include "bluetooth_support.h"

namespace everysock::conformance {
namespace {

Socket open_sco(Context& t) { return open_bluetooth(t, sock_seqpacket, btproto_sco); }

CONFORMANCE("family/bluetooth_sco_conversation",
            Rows({"family/AF_BLUETOOTH BTPROTO_SCO", "protocol/BTPROTO_SCO", "method/connect", "method/accept"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const ScoAddress here{controller(t, 0)};
  const ScoAddress there{controller(t, 1)};
  Connection c = connect_bluetooth(t, sock_seqpacket, btproto_sco, here, there);
  REQUIRE_EQ(REQUIRE_OK(c.client.getsockname()), Address(here));
  REQUIRE_EQ(REQUIRE_OK(c.client.getpeername()), Address(there));
  REQUIRE_EQ(REQUIRE_OK(c.server.getpeername()), Address(here));
  for (int i = 0; i < 3; ++i) {
    const std::string voice = t.pattern(48, static_cast<std::uint64_t>(i));
    REQUIRE_OK(c.client.send(voice));
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), voice);
    REQUIRE_OK(c.server.send(voice));
    REQUIRE_EQ(REQUIRE_OK(c.client.recv(100)), voice);
  }
}

CONFORMANCE("family/bluetooth_sco_time_out", Rows({"family/AF_BLUETOOTH BTPROTO_SCO", "method/settimeout"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket listener = open_sco(t);
  REQUIRE_OK(listener.bind(ScoAddress{controller(t, 1)}));
  REQUIRE_OK(listener.listen());
  Socket client = open_sco(t);
  REQUIRE_OK(client.bind(ScoAddress{controller(t, 0)}));
  REQUIRE_OK(client.connect(ScoAddress{controller(t, 1)}));
  auto accepted = REQUIRE_OK(listener.accept());
  wait_for_nobody(listener, client);
}

CONFORMANCE("family/bluetooth_sco_absent", Rows({"family/AF_BLUETOOTH BTPROTO_SCO", "method/connect", "method/bind"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket s = open_sco(t);
  REQUIRE_OK(s.bind(ScoAddress{controller(t, 0)}));
  REQUIRE_ERROR(s.connect(ScoAddress{absent_device}), Errc::ehostdown);
  Socket elsewhere = open_sco(t);
  REQUIRE_OK(elsewhere.bind(ScoAddress{absent_device}));
  REQUIRE_ERROR(elsewhere.connect(ScoAddress{controller(t, 1)}), Errc::ehostunreach);
  Socket wrong = open_sco(t);
  REQUIRE_ERROR(wrong.bind(ScoAddress{"not an address"}), UsageErrc::bluetooth_address);
  REQUIRE_ERROR(wrong.bind(RfcommAddress{}), UsageErrc::address_form);
}

}  // namespace
}  // namespace everysock::conformance
