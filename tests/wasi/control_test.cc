// What internet sockets make of ancillary data that no host carries: as Linux (sock_cmsg_send, ip_cmsg_send,
// ip6_datagram_send_ctl), but that what only a host could do is refused.
#include "backends/wasi/control.h"

#include <array>

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "everysock/control_messages.h"

namespace everysock::wasi {
namespace {

Errc tcp(const ControlMessage& item) {
  const auto checked = check_tcp_control({&item, 1});
  return checked ? Errc::ok : checked.error().errc();
}

Errc udp(AddressFamily family, const ControlMessage& item) {
  const auto checked = check_udp_control(family, {&item, 1});
  return checked ? Errc::ok : checked.error().errc();
}

TEST_CASE("Handles and credentials mean nothing, the rest of sol_socket is refused") {
  for (const OptionLevel level : std::array<OptionLevel, 2>{sol_socket, OptionLevel::native(1)}) {
    CHECK(tcp({level, scm_rights, "1234"}) == Errc::ok);
    CHECK(tcp({level, scm_credentials, ""}) == Errc::ok);
    CHECK(tcp({level, ControlType(777), ""}) == Errc::einval);
    CHECK(udp(af_inet, {level, scm_rights, "1234"}) == Errc::ok);
    CHECK(udp(af_inet6, {level, ControlType(777), ""}) == Errc::einval);
  }
}

TEST_CASE("UDP looks at the levels of its family") {
  CHECK(tcp(TimeToLive{7}.message()) == Errc::ok);
  CHECK(udp(af_inet, TimeToLive{7}.message()) == Errc::eopnotsupp);
  CHECK(udp(af_inet6, TimeToLive{7}.message()) == Errc::ok);
  CHECK(udp(af_inet, {ipproto_ip, ControlType(777), ""}) == Errc::einval);
  CHECK(udp(af_inet6, Ipv6PacketInfo{"::1", 1}.message()) == Errc::eopnotsupp);
  CHECK(udp(af_inet, Ipv6PacketInfo{"::1", 1}.message()) == Errc::ok);
  CHECK(udp(af_inet6, {ipproto_ipv6, ControlType(777), ""}) == Errc::einval);
  CHECK(udp(af_inet, {ipproto_tcp, ControlType(777), ""}) == Errc::ok);
  CHECK(udp(af_inet, {sol_udp, ControlType(103), "12"}) == Errc::eopnotsupp);
}

}  // namespace
}  // namespace everysock::wasi
