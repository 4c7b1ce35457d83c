// AF_VSOCK: packets in sequence, time-outs and who is not there. vsock(7).
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/vsock_seqpacket", Rows({"family/AF_VSOCK", "method/accept", "method/recvmsg"}),
            Needs{Feature::vsock, &probe::vsock_loopback}) {
  Socket listener = REQUIRE_OK(socket(af_vsock, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(listener.settimeout(Context::patience));
  REQUIRE_OK(listener.bind(VsockAddress{vmaddr_cid_local, vmaddr_port_any}));
  REQUIRE_OK(listener.listen());
  Socket client = REQUIRE_OK(socket(af_vsock, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(client.settimeout(Context::patience));
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  auto [server, peer] = REQUIRE_OK(listener.accept());
  REQUIRE_OK(server.settimeout(Context::patience));
  REQUIRE_OK(client.send("one"));
  REQUIRE_OK(client.send("and two"));
  REQUIRE_EQ(REQUIRE_OK(server.recv(100)), "one");
  REQUIRE_EQ(REQUIRE_OK(server.recv(100)), "and two");
  REQUIRE_OK(server.send("back"));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "back");
  REQUIRE_OK(server.settimeout(0.05));
  REQUIRE_TIMEOUT(server.recv(16));
}

CONFORMANCE("family/vsock_absent", Rows({"family/AF_VSOCK", "method/connect", "method/bind"}),
            Needs{Feature::vsock, &probe::vsock_loopback}) {
  Socket s = REQUIRE_OK(socket(af_vsock, sock_stream, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  REQUIRE_ERROR(s.bind(VsockAddress{0x1234'5678, 1}), Errc::eaddrnotavail);  // no machine of ours
  REQUIRE_ERROR(s.connect(VsockAddress{vmaddr_cid_local, 0x7fff'fff0}), Errc::econnreset);
  Socket other = REQUIRE_OK(socket(af_vsock, sock_stream, {}, t.backend()));
  REQUIRE_ERROR(other.connect(VsockAddress{0x1234'5678, 1}), Errc::enodev);  // nothing leads to other machines
  Socket listener = REQUIRE_OK(socket(af_vsock, sock_stream, {}, t.backend()));
  REQUIRE_OK(listener.bind(VsockAddress{vmaddr_cid_local, vmaddr_port_any}));
  REQUIRE_ERROR(other.bind(REQUIRE_OK(listener.getsockname())), Errc::eaddrinuse);
  REQUIRE_OK(listener.listen());
  REQUIRE_OK(listener.settimeout(0.05));
  REQUIRE_TIMEOUT(listener.accept());
  REQUIRE_ERROR(socket(af_vsock, sock_dgram, {}, t.backend()), Errc::enodev);  // no transport has datagrams
}

}  // namespace
}  // namespace everysock::conformance
