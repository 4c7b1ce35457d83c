// IPv6 extension headers (RFC 3542): options of a datagram's headers, as ancillary data.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

// Header, and one option that is padding.
const std::string kHeader("\0\0\1\4\0\0\0\0", 8);

struct Extension {
  Option receive;
  Option type;
};

void require_arrives(Context& t, const Extension& extension) {
  Socket receiver = t.bound(udp6);
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(ipproto_ipv6, extension.receive)), 0);
  REQUIRE_OK(receiver.setsockopt(ipproto_ipv6, extension.receive, 1));
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockopt(ipproto_ipv6, extension.receive)), 1);
  Socket sender = t.bound(udp6);
  const Address to = REQUIRE_OK(receiver.getsockname());
  const ControlMessage item{ipproto_ipv6, extension.type, kHeader};
  const auto sent = sender.sendmsg({"m"}, {&item, 1}, {}, &to);
  // Sending them is a privilege.
  if (!sent && sent.error() == Errc::eperm) return;
  REQUIRE_OK(sent);
  REQUIRE(t.ready(receiver, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(receiver.recvmsg(10, 100));
  REQUIRE_EQ(message.data, "m");
  REQUIRE_EQ(message.ancdata.size(), 1u);
  REQUIRE(message.ancdata[0].level == ipproto_ipv6);
  REQUIRE(message.ancdata[0].type == extension.type);
  // The first byte names what follows, and that only the sender's system knows.
  REQUIRE_EQ(message.ancdata[0].data.substr(1), kHeader.substr(1));
}

CONFORMANCE("ip_extension/hop_by_hop", Rows({"constant-group/IPV6_*", "method/sendmsg", "method/recvmsg"}),
            Needs{Feature::inet6_dgram, Feature::ipv6_extension_headers, &probe::ipv6_loopback}) {
  require_arrives(t, {ipv6_recvhopopts, ipv6_hopopts});
}

CONFORMANCE("ip_extension/destination", Rows({"constant-group/IPV6_*", "method/sendmsg", "method/recvmsg"}),
            Needs{Feature::inet6_dgram, Feature::ipv6_extension_headers, &probe::ipv6_loopback}) {
  require_arrives(t, {ipv6_recvdstopts, ipv6_dstopts});
}

CONFORMANCE("ip_extension/routing", Rows({"constant-group/IPV6_*", "method/setsockopt"}),
            Needs{Feature::inet6_dgram, Feature::ipv6_extension_headers, &probe::ipv6_loopback}) {
  Socket s = t.bound(udp6);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_recvrthdr)), 0);
  REQUIRE_OK(s.setsockopt(ipproto_ipv6, ipv6_recvrthdr, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ipv6, ipv6_recvrthdr)), 1);
}

CONFORMANCE("ip_extension/malformed", Rows({"constant-group/IPV6_*", "method/sendmsg"}),
            Needs{Feature::inet6_dgram, Feature::ipv6_extension_headers, &probe::ipv6_loopback}) {
  Socket s = t.bound(udp6);
  const Address to = REQUIRE_OK(s.getsockname());
  for (const Option type : {ipv6_hopopts, ipv6_dstopts, ipv6_rthdrdstopts, ipv6_rthdr}) {
    const ControlMessage item{ipproto_ipv6, type, "x"};
    REQUIRE_ERROR(s.sendmsg({"m"}, {&item, 1}, {}, &to), Errc::einval);
  }
}

}  // namespace
}  // namespace everysock::conformance
