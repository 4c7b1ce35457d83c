// AF_TIPC: tipc(7).
#include "framework/case.h"

namespace everysock::conformance {
namespace {

// Above those that the system keeps for itself; the process's own port would do, but it is the same everywhere.
constexpr std::uint32_t service = 18888;

Socket open_tipc(Context& t, SocketKind kind) {
  Socket s = REQUIRE_OK(socket(af_tipc, kind, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

TipcAddress name_of(const Socket& s) {
  const Address name = REQUIRE_OK(s.getsockname());
  REQUIRE(std::holds_alternative<TipcAddress>(name));
  return std::get<TipcAddress>(name);
}

CONFORMANCE("family/tipc_message",
            Rows({"family/AF_TIPC", "family/AF_TIPC TIPC_ADDR_NAME", "family/AF_TIPC TIPC_ADDR_NAMESEQ",
                  "family/AF_TIPC TIPC_ADDR_ID"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket server = open_tipc(t, sock_rdm);
  REQUIRE_OK(server.bind(TipcAddress{tipc_addr_nameseq, service, 100, 200, tipc_node_scope}));
  REQUIRE_EQ(name_of(server).addr_type, tipc_addr_id);
  REQUIRE_EQ(name_of(server).v3, 0u);
  Socket client = open_tipc(t, sock_rdm);
  const std::string message = t.pattern(1000);
  REQUIRE_OK(client.sendto(message, TipcAddress{tipc_addr_name, service, 150}));
  const auto received = REQUIRE_OK(server.recvfrom(2000));
  REQUIRE_EQ(received.data, message);
  const auto& from = std::get<TipcAddress>(received.address);
  REQUIRE_EQ(from.addr_type, tipc_addr_id);
  REQUIRE_EQ(from.v1, name_of(client).v1);
  REQUIRE_EQ(from.v2, name_of(client).v2);
  // The port itself can be written to as well.
  REQUIRE_OK(server.sendto("back", from));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "back");
}

CONFORMANCE("family/tipc_stream", Rows({"family/AF_TIPC", "family/AF_TIPC TIPC_ADDR_NAME"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket listener = open_tipc(t, sock_stream);
  REQUIRE_OK(listener.bind(TipcAddress{tipc_addr_nameseq, service + 1, 1, 1, tipc_node_scope}));
  REQUIRE_OK(listener.listen());
  Socket client = open_tipc(t, sock_stream);
  Worker connecting = t.spawn([&] { REQUIRE_OK(client.connect(TipcAddress{tipc_addr_name, service + 1, 1})); });
  auto accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(std::get<TipcAddress>(accepted.address).addr_type, tipc_addr_id);
  REQUIRE_OK(accepted.socket.send("welcome"));
  connecting.join();
  REQUIRE_EQ(t.receive(client, 7), "welcome");
}

CONFORMANCE("family/tipc_form", Rows({"family/AF_TIPC", "behaviour/B51"}), Needs{Feature::tipc, &probe::tipc}) {
  Socket s = open_tipc(t, sock_rdm);
  const Error error = REQUIRE_ERROR(s.bind(TipcAddress{TipcAddressType(9), 1, 2, 3}), UsageErrc::tipc_address_type);
  REQUIRE_EQ(error.detail(), 9);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
  REQUIRE_EQ(TipcAddress().scope, tipc_cluster_scope);
}

}  // namespace
}  // namespace everysock::conformance
