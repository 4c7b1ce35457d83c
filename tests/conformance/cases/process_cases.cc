// share, fromshare and ioctl, which are Windows' alone: refused elsewhere, once their arguments have been looked at.
#include "framework/case.h"
#include "platform/process_id.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("process/share", Rows({"method/share", "function/fromshare"}),
            Needs{Feature::inet_stream, Feature::share}) {
  // With itself: the other end would need another program.
  Connection c = t.connected(tcp4);
  const std::string data = REQUIRE_OK(c.client.share(platform::process_id()));
  Socket again = REQUIRE_OK(fromshare(data, t.backend()));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(again.family(), af_inet);
  REQUIRE_EQ(again.type(), sock_stream);
  REQUIRE_OK(again.sendall("shared"));
  REQUIRE_EQ(t.receive(c.server, 6), "shared");
}

CONFORMANCE("process/fromshare_of_other_data", Rows({"function/fromshare"}), Needs{Feature::share}) {
  const Error error = REQUIRE_ERROR(fromshare("no shared socket", t.backend()), UsageErrc::share_length);
  REQUIRE_EQ(error.operation(), Operation::fromshare);
}

// What nobody needs a Windows for: no rows of the methods, which would then count as there.
CONFORMANCE("process/closed", Rows({"method/close"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.close());
  REQUIRE_EQ(REQUIRE_ERROR(s.share(platform::process_id()), Errc::ebadf).operation(), Operation::share);
  REQUIRE_EQ(REQUIRE_ERROR(s.ioctl(sio_rcvall, rcvall_on), Errc::ebadf).operation(), Operation::ioctl);
  REQUIRE_ERROR(Socket().share(platform::process_id()), Errc::ebadf);
  REQUIRE_ERROR(Socket().ioctl(sio_rcvall, rcvall_on), Errc::ebadf);
}

CONFORMANCE("process/ioctl",
            Rows({"method/ioctl", "constant/SIO_KEEPALIVE_VALS", "constant/SIO_LOOPBACK_FAST_PATH",
                  "constant-group/SIO_*"}),
            Needs{Feature::inet_stream, Feature::ioctl}) {
  Socket s = t.open(tcp4);
  REQUIRE_EQ(REQUIRE_OK(s.ioctl(sio_keepalive_vals, {true, 10000, 1000})), 0u);
  REQUIRE_EQ(REQUIRE_OK(s.ioctl(sio_loopback_fast_path, true)), 0u);
}

CONFORMANCE("process/sniffer",
            Rows({"example/E05", "method/ioctl", "constant/SIO_RCVALL", "constant/RCVALL_ON", "constant/RCVALL_OFF",
                  "constant-group/RCVALL_*"}),
            Needs{Feature::ioctl, Feature::raw, Feature::inet_stream, Feature::inet_dgram}) {
  // Raw sockets may be forbidden for other reasons: where there is no ioctl(), that is what shall be seen.
  REQUIRE_OK(t.open(tcp4).ioctl(sio_keepalive_vals, {true, 10000, 1000}));
  Socket s = REQUIRE_OK(socket(af_inet, sock_raw, ipproto_ip, t.backend()));
  REQUIRE_OK(s.bind({"127.0.0.1", 0}));
  REQUIRE_OK(s.setsockopt(ipproto_ip, ip_hdrincl, 1));
  REQUIRE_OK(s.ioctl(sio_rcvall, rcvall_on));
  Socket sender = t.bound(udp4);
  REQUIRE_OK(sender.sendto("sniffed", REQUIRE_OK(sender.getsockname())));
  REQUIRE_NE(REQUIRE_OK(s.recvfrom(65565)).data.find("sniffed"), std::string::npos);
  REQUIRE_OK(s.ioctl(sio_rcvall, rcvall_off));
}

CONFORMANCE("process/ioctl_usage", Rows({"exception/ValueError"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  const Error unknown = REQUIRE_ERROR(s.ioctl(IoControl(7), 1u), UsageErrc::ioctl_command);
  REQUIRE_EQ(unknown.message(), "ioctl: invalid ioctl command 7 [usage]");
  REQUIRE_ERROR(s.ioctl(IoControl(7), KeepaliveVals{true, 1, 1}), UsageErrc::ioctl_command);
  REQUIRE_ERROR(s.ioctl(sio_keepalive_vals, 1u), UsageErrc::ioctl_option);
  REQUIRE_ERROR(s.ioctl(sio_rcvall, KeepaliveVals{true, 1, 1}), UsageErrc::ioctl_option);
}

}  // namespace
}  // namespace everysock::conformance
