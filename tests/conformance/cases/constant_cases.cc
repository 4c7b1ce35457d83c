// Every documented constant, given to the call it is for: it works, or is refused with the error that names it
// (framework/constant_trial.h). What the constants do is in the cases of their topics.
#include <array>

#include "framework/case.h"
#include "framework/constant_trial.h"

namespace everysock::conformance {
namespace {

using K = ConstantKind;

bool is_option_of(const ConstantInfo& constant, std::initializer_list<OptionLevel> levels) {
  for (OptionLevel level : levels) {
    if (constant.kind == K::option && constant.level == level) return true;
  }
  return false;
}
bool is_protocol(const ConstantInfo& constant, std::string_view prefix) {
  return constant.kind == K::protocol && constant.name.starts_with(prefix);
}

CONFORMANCE("constant/families",
            Rows({"constant-group/AF_*", "behaviour/B47",       "constant/AF_UNIX",      "constant/AF_INET",
                  "constant/AF_INET6",   "constant/AF_NETLINK", "constant/AF_TIPC",      "constant/AF_CAN",
                  "constant/PF_CAN",     "constant/PF_SYSTEM",  "constant/AF_BLUETOOTH", "constant/AF_ALG",
                  "constant/AF_VSOCK",   "constant/AF_PACKET",  "constant/PF_PACKET",    "constant/AF_QIPCRTR",
                  "constant/AF_HYPERV",  "constant/AF_RDS",     "constant/PF_RDS",       "constant/AF_DIVERT",
                  "constant/PF_DIVERT",  "constant/AF_LINK",    "family/AF_DIVERT",      "family/AF_LINK"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return c.kind == K::family && c.name != "AF_UNSPEC"; });
}

CONFORMANCE("constant/any_family", Rows({"constant/AF_UNSPEC", "family/AF_UNSPEC", "function/getaddrinfo"}),
            Needs{Feature::getaddrinfo}) {
  for (const AddressInfo& info : REQUIRE_OK(getaddrinfo("127.0.0.1", 80, af_unspec, {}, {}, {}, t.backend()))) {
    REQUIRE_EQ(info.family, af_inet);
  }
  for (const AddressInfo& info : REQUIRE_OK(getaddrinfo("::1", 80, af_unspec, {}, {}, {}, t.backend()))) {
    REQUIRE_EQ(info.family, af_inet6);
  }
  REQUIRE_ERROR(socket(af_unspec, sock_stream, {}, t.backend()), Errc::eafnosupport);
}

CONFORMANCE("constant/socket_kinds",
            Rows({"constant-group/SOCK_*", "constant/SOCK_STREAM", "constant/SOCK_DGRAM", "constant/SOCK_RAW",
                  "constant/SOCK_RDM", "constant/SOCK_SEQPACKET", "constant/SOCK_CLOEXEC", "constant/SOCK_NONBLOCK"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return c.kind == K::socket_kind; });
}

CONFORMANCE("constant/protocols",
            Rows({"constant-group/IPPROTO_*", "constant/IPPROTO_TCP", "constant/IPPROTO_UDP", "constant/IPPROTO_IP",
                  "constant/IPPROTO_UDPLITE", "constant/IPPROTO_MPTCP"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_protocol(c, "IPPROTO_"); });
}

CONFORMANCE("constant/protocols_of_netlink", Rows({"constant-group/NETLINK_*"}), Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_protocol(c, "NETLINK_"); });
}

CONFORMANCE("constant/protocols_of_can",
            Rows({"constant-group/CAN_*", "constant/CAN_RAW", "constant/CAN_BCM", "constant/CAN_ISOTP",
                  "constant/CAN_J1939"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_protocol(c, "CAN_"); });
}

CONFORMANCE("constant/protocols_of_bluetooth",
            Rows({"constant-group/HCI_* / BTPROTO_* / BDADDR_*", "constant/BTPROTO_L2CAP", "constant/BTPROTO_RFCOMM",
                  "constant/BTPROTO_HCI", "constant/BTPROTO_SCO", "protocol/BTPROTO_L2CAP", "protocol/BTPROTO_RFCOMM",
                  "protocol/BTPROTO_HCI", "protocol/BTPROTO_SCO"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_protocol(c, "BTPROTO_"); });
}

CONFORMANCE("constant/protocols_of_one_system",
            Rows({"constant/SYSPROTO_CONTROL", "constant/HV_PROTOCOL_RAW", "protocol/SYSPROTO_CONTROL",
                  "protocol/HV_PROTOCOL_RAW"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_protocol(c, "HV_") || is_protocol(c, "SYSPROTO_"); });
}

// ---- options ----

CONFORMANCE("constant/options_of_sockets",
            Rows({"constant-group/SO_*", "constant/SOL_SOCKET", "constant/SO_REUSEADDR", "constant/SO_REUSEPORT",
                  "constant/SO_REUSEPORT_LB", "constant/SO_INCOMING_CPU", "constant/SO_DOMAIN", "constant/SO_PROTOCOL",
                  "constant/SO_PEERSEC", "constant/SO_PASSSEC", "constant/SO_RTABLE", "constant/SO_USER_COOKIE",
                  "constant/SO_MARK", "constant/SO_BINDTODEVICE", "constant/SO_BINDTOIFINDEX", "constant/SO_PASSCRED"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_socket}); });
}

CONFORMANCE("constant/options_of_ip",
            Rows({"constant-group/IP_*", "constant/IP_RECVTOS", "constant/IP_PKTINFO", "constant/IP_UNBLOCK_SOURCE",
                  "constant/IP_BLOCK_SOURCE", "constant/IP_ADD_SOURCE_MEMBERSHIP", "constant/IP_DROP_SOURCE_MEMBERSHIP",
                  "constant/IP_RECVERR", "constant/IP_RECVTTL", "constant/IP_RECVORIGDSTADDR", "constant/IP_HDRINCL",
                  "protocol/IPPROTO_IP"}),
            Needs{Feature::inet_dgram}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {ipproto_ip}); });
}

CONFORMANCE("constant/options_of_ipv6", Rows({"constant-group/IPV6_*", "constant/IPV6_RECVERR"}),
            Needs{Feature::inet6_dgram}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {ipproto_ipv6}); });
}

CONFORMANCE("constant/options_of_tcp",
            Rows({"constant-group/TCP_*",
                  "behaviour/B48",
                  "constant/TCP_USER_TIMEOUT",
                  "constant/TCP_CONGESTION",
                  "constant/TCP_FASTOPEN",
                  "constant/TCP_KEEPCNT",
                  "constant/TCP_NOTSENT_LOWAT",
                  "constant/TCP_KEEPIDLE",
                  "constant/TCP_KEEPINTVL",
                  "constant/TCP_KEEPALIVE",
                  "constant/TCP_CONNECTION_INFO",
                  "constant/TCP_INFO",
                  "constant/TCP_QUICKACK",
                  "constant/TCP_MD5SIG",
                  "constant/TCP_THIN_LINEAR_TIMEOUTS",
                  "constant/TCP_THIN_DUPACK",
                  "constant/TCP_REPAIR",
                  "constant/TCP_REPAIR_QUEUE",
                  "constant/TCP_QUEUE_SEQ",
                  "constant/TCP_REPAIR_OPTIONS",
                  "constant/TCP_TIMESTAMP",
                  "constant/TCP_CC_INFO",
                  "constant/TCP_SAVE_SYN",
                  "constant/TCP_SAVED_SYN",
                  "constant/TCP_REPAIR_WINDOW",
                  "constant/TCP_FASTOPEN_CONNECT",
                  "constant/TCP_ULP",
                  "constant/TCP_MD5SIG_EXT",
                  "constant/TCP_FASTOPEN_KEY",
                  "constant/TCP_FASTOPEN_NO_COOKIE",
                  "constant/TCP_ZEROCOPY_RECEIVE",
                  "constant/TCP_INQ",
                  "constant/TCP_TX_DELAY"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {ipproto_tcp}); });
}

CONFORMANCE("constant/options_of_udp",
            Rows({"constant/UDPLITE_SEND_CSCOV", "constant/UDPLITE_RECV_CSCOV", "constant/IPPROTO_UDPLITE"}),
            Needs{Feature::inet_dgram}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {ipproto_udp, ipproto_udplite}); });
}

CONFORMANCE("constant/options_of_can",
            Rows({"constant-group/CAN_*", "constant-group/SOL_CAN_*",
                  "constant-group/J1939_* / SO_J1939_* / SCM_J1939_*", "constant/CAN_RAW_FD_FRAMES",
                  "constant/CAN_RAW_JOIN_FILTERS"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_can_raw, sol_can_j1939}); });
}

CONFORMANCE("constant/options_of_tipc", Rows({"constant-group/TIPC_*"}), Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_tipc}); });
}

CONFORMANCE("constant/options_of_alg", Rows({"constant-group/ALG_*", "constant/SOL_ALG"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_alg}); });
}

CONFORMANCE("constant/options_of_vsock", Rows({"constant-group/SO_VM*"}), Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {OptionLevel(af_vsock)}); });
}

CONFORMANCE("constant/options_of_rds", Rows({"constant-group/RDS_*", "constant/SOL_RDS", "family/AF_RDS"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_rds}); });
}

CONFORMANCE("constant/options_of_bluetooth",
            Rows({"constant-group/HCI_* / BTPROTO_* / BDADDR_*", "constant/HCI_FILTER", "constant/HCI_TIME_STAMP",
                  "constant/HCI_DATA_DIR"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) {
    return is_option_of(c, {sol_hci, sol_l2cap, sol_rfcomm, sol_bluetooth}) || (is_option_of(c, {sol_sco}));
  });
}

CONFORMANCE("constant/options_of_one_system",
            Rows({"constant-group/HVSOCKET_* / HV_GUID_*", "constant/HVSOCKET_CONNECT_TIMEOUT",
                  "constant/HVSOCKET_CONNECTED_SUSPEND", "constant/LOCAL_CREDS", "constant/LOCAL_CREDS_PERSISTENT",
                  "behaviour/B64"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return is_option_of(c, {sol_local, hv_protocol_raw, sol_ipx}); });
}

CONFORMANCE("constant/control_codes",
            Rows({"constant-group/SIO_*", "constant/SIO_RCVALL", "constant/SIO_KEEPALIVE_VALS",
                  "constant/SIO_LOOPBACK_FAST_PATH"}),
            Needs{Feature::inet_stream}) {
  // The other code is for ioctl(2) on /dev/vsock.
  try_constants(t, [](const ConstantInfo& c) { return c.kind == K::io_control && c.name.starts_with("SIO_"); });
}

// ---- flags ----

CONFORMANCE("constant/message_flags", Rows({"constant-group/MSG_*"}), Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return c.kind == K::message_flag; });
}

CONFORMANCE("constant/shutdown_how", Rows({"constant/SHUT_RD", "constant/SHUT_WR", "constant/SHUT_RDWR"}),
            Needs{Feature::inet_stream}) {
  try_constants(t, [](const ConstantInfo& c) { return c.kind == K::shutdown_how; });
}

}  // namespace
}  // namespace everysock::conformance
