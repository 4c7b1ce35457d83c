// AF_BLUETOOTH, without an adapter: bluetooth(7) of BlueZ.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/bluetooth_names",
            Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "family/AF_BLUETOOTH BTPROTO_RFCOMM",
                  "family/AF_BLUETOOTH BTPROTO_SCO", "constant-group/HCI_* / BTPROTO_* / BDADDR_*"}),
            Needs{Feature::bluetooth, &probe::bluetooth}) {
  Socket l2cap = REQUIRE_OK(socket(af_bluetooth, sock_seqpacket, btproto_l2cap, t.backend()));
  REQUIRE_OK(l2cap.bind(L2capAddress{bdaddr_any, 0x1001}));
  REQUIRE_EQ(std::get<L2capAddress>(REQUIRE_OK(l2cap.getsockname())).psm, 0x1001);
  Socket rfcomm = REQUIRE_OK(socket(af_bluetooth, sock_stream, btproto_rfcomm, t.backend()));
  REQUIRE_OK(rfcomm.bind(RfcommAddress{bdaddr_any, 17}));
  REQUIRE_EQ(REQUIRE_OK(rfcomm.getsockname()), Address(RfcommAddress{bdaddr_any, 17}));
  Socket sco = REQUIRE_OK(socket(af_bluetooth, sock_seqpacket, btproto_sco, t.backend()));
  REQUIRE_OK(sco.bind(ScoAddress{bdaddr_any}));
  REQUIRE_EQ(REQUIRE_OK(sco.getsockname()), Address(ScoAddress{bdaddr_any}));
}

CONFORMANCE("family/bluetooth_adapters",
            Rows({"family/AF_BLUETOOTH BTPROTO_HCI", "constant/HCI_FILTER", "constant/HCI_TIME_STAMP",
                  "constant-group/HCI_* / BTPROTO_* / BDADDR_*"}),
            Needs{Feature::bluetooth, &probe::bluetooth}) {
  Socket hci = REQUIRE_OK(socket(af_bluetooth, sock_raw, btproto_hci, t.backend()));
  REQUIRE_ERROR(hci.bind(HciAddress{0x7ff0}), Errc::enodev);
  // The kernel's struct hci_ufilter: types of packets, two words of events, an operation, padding.
  std::string filter(16, '\0');
  filter[0] = 0x10;  // events
  filter[4] = 0x20;
  REQUIRE_OK(hci.setsockopt(sol_hci, hci_filter, filter));
  REQUIRE_EQ(REQUIRE_OK(hci.getsockopt(sol_hci, hci_filter, 16)), filter);
  REQUIRE_OK(hci.setsockopt(sol_hci, hci_time_stamp, 1));
  REQUIRE_EQ(REQUIRE_OK(hci.getsockopt(sol_hci, hci_time_stamp)), 1);
  REQUIRE_OK(hci.bind(HciAddress{hci_dev_none}));
}

CONFORMANCE("family/bluetooth_form",
            Rows({"family/AF_BLUETOOTH BTPROTO_L2CAP", "family/AF_BLUETOOTH BTPROTO_RFCOMM",
                  "family/AF_BLUETOOTH BTPROTO_SCO", "behaviour/B51"}),
            Needs{Feature::bluetooth, &probe::bluetooth}) {
  Socket l2cap = REQUIRE_OK(socket(af_bluetooth, sock_seqpacket, btproto_l2cap, t.backend()));
  for (const char* bad : {"", "12:23:34:45:56", "12:23:34:45:56:6g", "12-23-34-45-56-67", "12:23:34:45:56:67:78"}) {
    REQUIRE_ERROR(l2cap.bind(L2capAddress{bad, 1}), UsageErrc::bluetooth_address);
  }
  REQUIRE_ERROR(l2cap.bind(RfcommAddress{bdaddr_any, 1}), UsageErrc::address_form);
  REQUIRE_ERROR(l2cap.bind(ScoAddress{bdaddr_any}), UsageErrc::address_form);
}

}  // namespace
}  // namespace everysock::conformance
