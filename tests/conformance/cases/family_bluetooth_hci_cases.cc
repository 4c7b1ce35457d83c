// BTPROTO_HCI: commands to a controller and its events. bluetooth(7) of BlueZ; Bluetooth Core Specification, volume 4,
// part E; doc/mgmt-api.txt of BlueZ for the control channel.
#include <cstring>

#include "bluetooth_support.h"

namespace everysock::conformance {
namespace {

Socket open_hci(Context& t) { return open_bluetooth(t, sock_raw, btproto_hci); }

Socket hci_of(Context& t, std::uint16_t number) {
  Socket s = REQUIRE_OK(open_bluetooth_controller(t.backend(), number));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("family/bluetooth_hci_conversation",
            Rows({"family/AF_BLUETOOTH BTPROTO_HCI", "protocol/BTPROTO_HCI", "method/send", "method/recvmsg"}),
            Needs{Feature::bluetooth, Feature::control_messages, &probe::bluetooth_controllers}) {
  Socket s = hci_of(t, 1);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(HciAddress{1}));
  for (const Option option : {hci_data_dir, hci_time_stamp}) {
    REQUIRE_OK(s.setsockopt(sol_hci, option, 1));
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_hci, option)), 1);
  }
  REQUIRE_EQ(REQUIRE_OK(s.send(read_bluetooth_address)), 4u);
  const ReceivedMessage event = REQUIRE_OK(s.recvmsg(260, 128));
  // An event, Command Complete, 10 bytes: how many commands may follow, the command, a status, the address.
  REQUIRE_EQ(event.data.substr(0, 3), "\x04\x0e\x0a");
  REQUIRE_EQ(event.data.substr(4, 3), std::string("\x09\x10\x00", 3));
  const auto octets = controller(t, 1).octets();
  REQUIRE_EQ(event.data.substr(7), std::string(octets.rbegin(), octets.rend()));
  // HCI_CMSG_DIR: it came in; HCI_CMSG_TSTAMP: a struct timeval.
  REQUIRE_EQ(event.ancdata.size(), 2u);
  REQUIRE_EQ(event.ancdata[0].level, sol_hci);
  REQUIRE_EQ(event.ancdata[0].type, ControlType(1));
  REQUIRE_EQ(event.ancdata[0].data, std::string("\1\0\0\0", 4));
  REQUIRE_EQ(event.ancdata[1].type, ControlType(2));
  REQUIRE_EQ(event.ancdata[1].data.size(), 16u);
}

CONFORMANCE("family/bluetooth_hci_control",
            Rows({"family/AF_BLUETOOTH BTPROTO_HCI", "constant-group/HCI_* / BTPROTO_* / BDADDR_*"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket s = open_hci(t);
  REQUIRE_OK(s.bind(HciAddress{hci_dev_none, hci_channel_control}));
  REQUIRE_ERROR(s.getsockname(), Errc::ebadfd);  // only a controller is a name
  // Read Management Version Information (1), of no controller, no parameters.
  REQUIRE_OK(s.send(std::string("\x01\x00\xff\xff\x00\x00", 6)));
  const std::string answer = REQUIRE_OK(s.recv(512));
  REQUIRE_EQ(answer.substr(0, 9), std::string("\x01\x00\xff\xff\x06\x00\x01\x00\x00", 9));
  REQUIRE_EQ(answer.size(), 12u);
}

CONFORMANCE("family/bluetooth_hci_time_out", Rows({"family/AF_BLUETOOTH BTPROTO_HCI", "method/settimeout"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket s = hci_of(t, 0);
  receive_in_vain(s);
}

CONFORMANCE("family/bluetooth_hci_bad_address", Rows({"family/AF_BLUETOOTH BTPROTO_HCI", "method/bind"}),
            Needs{Feature::bluetooth, &probe::bluetooth_controllers}) {
  Socket s = open_hci(t);
  REQUIRE_ERROR(s.bind(HciAddress{0x7ff0}), Errc::enodev);
  REQUIRE_ERROR(s.bind(HciAddress{0, 77}), Errc::einval);
  REQUIRE_ERROR(s.bind(HciAddress{0, hci_channel_control}), Errc::einval);  // which is of no controller
  REQUIRE_ERROR(s.bind(HciAddress{0, hci_channel_user}), Errc::ebusy);      // which it is only given when it is down
  REQUIRE_ERROR(s.bind(HciAddress{.device_id = 0, .bdaddr = absent_device}), Errc::einval);
  REQUIRE_ERROR(s.bind(ScoAddress{}), UsageErrc::address_form);
  REQUIRE_OK(s.bind(HciAddress{0}));
  REQUIRE_ERROR(s.connect(HciAddress{0}), Errc::eopnotsupp);
}

}  // namespace
}  // namespace everysock::conformance
