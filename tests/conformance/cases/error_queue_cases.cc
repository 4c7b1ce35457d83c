// The error queue of Linux: IP_RECVERR, IPV6_RECVERR and MSG_ERRQUEUE.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

struct Expected {
  std::uint8_t origin;
  std::uint8_t type;
  std::uint8_t code;
};

CONFORMANCE_OVER(udp_kinds, "error_queue/unreachable_port",
                 Rows({"constant/IP_RECVERR", "constant/IPV6_RECVERR", "constant-group/MSG_*", "method/recvmsg"}),
                 Needs{Feature::error_queue}) {
  const bool v4 = kind.family == af_inet;
  const OptionLevel level = v4 ? OptionLevel(ipproto_ip) : OptionLevel(ipproto_ipv6);
  const Option option = v4 ? ip_recverr : ipv6_recverr;
  Socket s = t.bound(kind);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), 0);
  REQUIRE_OK(s.setsockopt(level, option, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), 1);
  REQUIRE_ERROR(s.recvmsg(10, 256, msg_errqueue), Errc::eagain);
  // Unconnected sockets hear of it as well, and which datagram it was.
  const Address gone = t.nobody(kind);
  REQUIRE_OK(s.sendto("lost", gone));
  REQUIRE(t.ready(s, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(s.recvmsg(10, 256, msg_errqueue));
  REQUIRE_EQ(message.data, "lost");
  REQUIRE_EQ(message.address, gone);
  REQUIRE(message.msg_flags.has(msg_errqueue));
  const auto error = find_control<ExtendedError>(message.ancdata);
  REQUIRE(error.has_value());
  REQUIRE_EQ(error->error, Errc::econnrefused);
  const Expected icmp = v4 ? Expected{2, 3, 3} : Expected{3, 1, 4};  // port unreachable
  REQUIRE_EQ(error->origin, icmp.origin);
  REQUIRE_EQ(error->type, icmp.type);
  REQUIRE_EQ(error->code, icmp.code);
  REQUIRE_EQ(error->offender, t.loopback(kind, 0));
}

CONFORMANCE_OVER(udp_kinds, "error_queue/empty", Rows({"constant-group/MSG_*", "method/recvmsg"}), Needs{}) {
  // Even a blocking socket does not wait for errors.
  Socket s = t.bound(kind);
  REQUIRE_ERROR(s.recvmsg(10, 256, msg_errqueue), Errc::eagain);
}

}  // namespace
}  // namespace everysock::conformance
