// AF_VSOCK: vsock(7).
#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr OptionLevel level(af_vsock);

Socket open_vsock(Context& t) {
  Socket s = REQUIRE_OK(socket(af_vsock, sock_stream, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("family/vsock_unbound", Rows({"family/AF_VSOCK", "constant-group/VMADDR*"}),
            Needs{Feature::vsock, &probe::vsock}) {
  Socket s = open_vsock(t);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(VsockAddress{vmaddr_cid_any, vmaddr_port_any}));
  REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
}

CONFORMANCE("family/vsock_options", Rows({"family/AF_VSOCK", "constant-group/SO_VM*", "method/getsockopt"}),
            Needs{Feature::vsock, &probe::vsock}) {
  Socket s = open_vsock(t);
  REQUIRE_OK(s.setsockopt(level, so_vm_sockets_buffer_max_size, std::uint64_t{0x1'0000'0000}));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt<std::uint64_t>(level, so_vm_sockets_buffer_max_size)), 0x1'0000'0000u);
  REQUIRE_ERROR(s.getsockopt(level, so_vm_sockets_buffer_max_size), UsageErrc::integer_out_of_range);
  REQUIRE_OK(s.setsockopt(level, so_vm_sockets_buffer_size, 65536));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, so_vm_sockets_buffer_size)), 65536);
  REQUIRE_LT(0, REQUIRE_OK(s.getsockopt(level, so_vm_sockets_buffer_min_size)));
  REQUIRE_ERROR(s.getsockopt(level, so_vm_sockets_buffer_size, 8), UsageErrc::option_buffer_not_allowed);
}

CONFORMANCE("family/vsock_conversation", Rows({"family/AF_VSOCK", "method/accept", "method/connect"}),
            Needs{Feature::vsock, &probe::vsock_loopback}) {
  Socket listener = open_vsock(t);
  REQUIRE_OK(listener.bind(VsockAddress{vmaddr_cid_local, vmaddr_port_any}));
  const Address name = REQUIRE_OK(listener.getsockname());
  REQUIRE_NE(std::get<VsockAddress>(name).port, vmaddr_port_any);
  REQUIRE_OK(listener.listen());
  Socket client = open_vsock(t);
  REQUIRE_OK(client.connect(name));
  auto [server, peer] = REQUIRE_OK(listener.accept());
  // Linux leaves the client's own CID open.
  const std::uint32_t client_port = std::get<VsockAddress>(REQUIRE_OK(client.getsockname())).port;
  REQUIRE_EQ(peer, Address(VsockAddress{vmaddr_cid_local, client_port}));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), name);
  REQUIRE_OK(server.settimeout(Context::patience));
  const std::string data = t.pattern(100'000);
  Worker sending = t.spawn([&] {
    REQUIRE_OK(client.sendall(data));
    REQUIRE_OK(client.shutdown(shut_wr));
  });
  REQUIRE_EQ(t.receive_to_end(server), data);
  sending.join();
}

}  // namespace
}  // namespace everysock::conformance
