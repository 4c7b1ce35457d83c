// BTPROTO_RFCOMM between two controllers: streams. bluetooth(7) of BlueZ.
#include "bluetooth_support.h"

namespace everysock::conformance {
namespace {

Socket open_rfcomm(Context& t) { return open_bluetooth(t, sock_stream, btproto_rfcomm); }

CONFORMANCE("family/bluetooth_rfcomm_conversation",
            Rows({"family/AF_BLUETOOTH BTPROTO_RFCOMM", "protocol/BTPROTO_RFCOMM", "method/connect", "method/accept"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr here = controller(t, 0);
  const BdAddr there = controller(t, 1);
  Connection c = connect_bluetooth(t, sock_stream, btproto_rfcomm, RfcommAddress{here}, RfcommAddress{there, 5});
  REQUIRE_EQ(REQUIRE_OK(c.client.getpeername()), Address(RfcommAddress{there, 5}));
  REQUIRE_EQ(std::get<RfcommAddress>(REQUIRE_OK(c.client.getsockname())).bdaddr, here);
  REQUIRE_EQ(std::get<RfcommAddress>(REQUIRE_OK(c.server.getpeername())).bdaddr, here);
  const std::string data = t.pattern(3000);
  REQUIRE_OK(c.client.sendall(data));
  REQUIRE_EQ(t.receive(c.server, data.size()), data);
  REQUIRE_OK(c.server.sendall(data));
  REQUIRE_EQ(t.receive(c.client, data.size()), data);
  REQUIRE_OK(c.client.close());
  REQUIRE_ERROR(c.server.recv(1), Errc::econnreset);  // any end of such a stream is called a reset
}

CONFORMANCE("family/bluetooth_rfcomm_time_out", Rows({"family/AF_BLUETOOTH BTPROTO_RFCOMM", "method/settimeout"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr there = controller(t, 1);
  Connection c =
      connect_bluetooth(t, sock_stream, btproto_rfcomm, RfcommAddress{controller(t, 0)}, RfcommAddress{there, 6});
  Socket listener = open_rfcomm(t);
  REQUIRE_OK(listener.bind(RfcommAddress{there, 7}));
  REQUIRE_OK(listener.listen());
  wait_for_nobody(listener, c.client);
}

// For a device that is not there see the case of L2CAP.
CONFORMANCE("family/bluetooth_rfcomm_absent", Rows({"family/AF_BLUETOOTH BTPROTO_RFCOMM", "method/connect"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr there = controller(t, 1);
  const auto connect = [&](const BdAddr& from, const RfcommAddress& to) {
    Socket s = open_rfcomm(t);
    REQUIRE_OK(s.bind(RfcommAddress{from}));
    return s.connect(to);
  };
  REQUIRE_ERROR(connect(controller(t, 0), {there, 20}), Errc::econnrefused);
  REQUIRE_ERROR(connect(absent_device, {there, 5}), Errc::ehostunreach);
}

CONFORMANCE("family/bluetooth_rfcomm_bad_address", Rows({"family/AF_BLUETOOTH BTPROTO_RFCOMM", "method/bind"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  const BdAddr there = controller(t, 1);
  Socket s = open_rfcomm(t);
  REQUIRE_ERROR(s.bind(RfcommAddress{"00:11:22:33:44:5x", 1}), UsageErrc::bluetooth_address);
  REQUIRE_ERROR(s.bind(L2capAddress{}), UsageErrc::address_form);
  // Channels are 1 to 30.
  REQUIRE_OK(s.bind(RfcommAddress{controller(t, 0)}));
  for (const std::uint8_t bad : {std::uint8_t{0}, std::uint8_t{31}, std::uint8_t{255}}) {
    Socket client = open_rfcomm(t);
    REQUIRE_ERROR(client.connect(RfcommAddress{there, bad}), Errc::einval);
  }
  Socket one = open_rfcomm(t);
  REQUIRE_OK(one.bind(RfcommAddress{there, 8}));
  REQUIRE_OK(one.listen());
  Socket other = open_rfcomm(t);
  REQUIRE_ERROR(other.bind(RfcommAddress{there, 8}), Errc::eaddrinuse);
}

}  // namespace
}  // namespace everysock::conformance
