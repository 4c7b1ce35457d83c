// AF_TIPC: tipc(7). Scopes, several takers of one name, the topology server, packets in sequence, and who is not there.
#include <array>
#include <cstring>

#include "waiting_support.h"

namespace everysock::conformance {
namespace {

constexpr std::uint32_t service = 18910;

Socket open_tipc(Context& t, SocketKind kind) {
  Socket s = REQUIRE_OK(socket(af_tipc, kind, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("family/tipc_scopes", Rows({"family/AF_TIPC", "family/AF_TIPC TIPC_ADDR_NAMESEQ"}),
            Needs{Feature::tipc, &probe::tipc}) {
  std::uint32_t instance = 0;
  for (const TipcScope scope : {tipc_zone_scope, tipc_cluster_scope, tipc_node_scope}) {
    Socket server = open_tipc(t, sock_rdm);
    REQUIRE_OK(server.bind(TipcAddress{tipc_addr_nameseq, service, ++instance, instance, scope}));
    Socket client = open_tipc(t, sock_rdm);
    REQUIRE_OK(client.sendto("to this node", TipcAddress{tipc_addr_name, service, instance}));
    REQUIRE_EQ(REQUIRE_OK(server.recv(100)), "to this node");
  }
}

CONFORMANCE("family/tipc_multicast", Rows({"family/AF_TIPC TIPC_ADDR_NAMESEQ", "method/sendto"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket first = open_tipc(t, sock_rdm);
  Socket second = open_tipc(t, sock_rdm);
  REQUIRE_OK(first.bind(TipcAddress{tipc_addr_nameseq, service + 1, 10, 19}));
  REQUIRE_OK(second.bind(TipcAddress{tipc_addr_nameseq, service + 1, 20, 29}));
  Socket sender = open_tipc(t, sock_rdm);
  REQUIRE_OK(sender.sendto("to all", TipcAddress{tipc_addr_nameseq, service + 1, 0, 100}));
  REQUIRE_EQ(REQUIRE_OK(first.recv(100)), "to all");
  REQUIRE_EQ(REQUIRE_OK(second.recv(100)), "to all");
}

CONFORMANCE("family/tipc_seqpacket", Rows({"family/AF_TIPC", "method/connect", "method/accept"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket listener = open_tipc(t, sock_seqpacket);
  REQUIRE_OK(listener.bind(TipcAddress{tipc_addr_nameseq, service + 2, 1, 1, tipc_node_scope}));
  REQUIRE_OK(listener.listen());
  Socket client = open_tipc(t, sock_seqpacket);
  Worker connecting = t.spawn([&] { REQUIRE_OK(client.connect(TipcAddress{tipc_addr_name, service + 2, 1})); });
  auto accepted = REQUIRE_OK(listener.accept());
  REQUIRE_OK(accepted.socket.settimeout(Context::patience));
  REQUIRE_OK(accepted.socket.send("one"));
  REQUIRE_OK(accepted.socket.send("two"));
  connecting.join();
  REQUIRE_EQ(std::get<TipcAddress>(REQUIRE_OK(client.getpeername())).addr_type, tipc_addr_id);
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "one");
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "two");
  const std::string message = t.pattern(20'000);
  REQUIRE_OK(client.send(message));
  REQUIRE_EQ(REQUIRE_OK(accepted.socket.recv(30'000)), message);
}

CONFORMANCE("family/tipc_topology", Rows({"family/AF_TIPC", "constant-group/TIPC_*"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket topology = open_tipc(t, sock_seqpacket);
  REQUIRE_OK(topology.connect(TipcAddress{tipc_addr_name, tipc_top_srv, tipc_top_srv}));
  // struct tipc_subscr: type, lower, upper, time-out, filter, 8 bytes of the subscriber's.
  const std::array<std::uint32_t, 7> subscription = {service + 3, 0, 9, tipc_wait_forever, tipc_sub_service, 7, 8};
  REQUIRE_OK(topology.send({reinterpret_cast<const char*>(subscription.data()), sizeof(subscription)}));
  // struct tipc_event: which, lower, upper, port, node, the subscription.
  const auto event = [&] {
    std::array<std::uint32_t, 12> numbers{};
    const std::string bytes = REQUIRE_OK(topology.recv(sizeof(numbers) + 1));
    REQUIRE_EQ(bytes.size(), sizeof(numbers));
    std::memcpy(numbers.data(), bytes.data(), sizeof(numbers));
    return numbers;
  };
  {
    Socket server = open_tipc(t, sock_rdm);
    REQUIRE_OK(server.bind(TipcAddress{tipc_addr_nameseq, service + 3, 3, 5, tipc_node_scope}));
    const auto published = event();
    REQUIRE_EQ(published[0], tipc_published);
    REQUIRE_EQ(published[1], 3u);
    REQUIRE_EQ(published[2], 5u);
    REQUIRE_EQ(published[5], service + 3);
    REQUIRE_EQ(published[10], 7u);
  }
  REQUIRE_EQ(event()[0], tipc_withdrawn);
}

CONFORMANCE("family/tipc_time_out", Rows({"family/AF_TIPC", "method/settimeout"}), Needs{Feature::tipc, &probe::tipc}) {
  Socket s = open_tipc(t, sock_rdm);
  REQUIRE_OK(s.bind(TipcAddress{tipc_addr_nameseq, service + 4, 1, 1}));
  receive_in_vain(s);
  Socket listener = open_tipc(t, sock_stream);
  REQUIRE_OK(listener.bind(TipcAddress{tipc_addr_nameseq, service + 4, 2, 2, tipc_node_scope}));
  REQUIRE_OK(listener.listen());
  REQUIRE_OK(listener.settimeout(0.05));
  REQUIRE_TIMEOUT(listener.accept());
}

CONFORMANCE("family/tipc_bad_address", Rows({"family/AF_TIPC", "method/bind", "method/sendto", "method/connect"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket s = open_tipc(t, sock_rdm);
  REQUIRE_ERROR(s.bind(TipcAddress{tipc_addr_nameseq, 1, 1, 1}), Errc::eacces);  // the system's own
  REQUIRE_ERROR(s.bind(TipcAddress{tipc_addr_nameseq, service, 2, 1}), Errc::einval);
  REQUIRE_ERROR(s.bind(TipcAddress{tipc_addr_id, service, 1}), Errc::eafnosupport);
  REQUIRE_ERROR(s.sendto("x", TipcAddress{TipcAddressType(9), service}), UsageErrc::tipc_address_type);
  Socket client = open_tipc(t, sock_seqpacket);
  REQUIRE_ERROR(client.connect(TipcAddress{tipc_addr_nameseq, service + 5, 1, 1}), Errc::einval);
}

CONFORMANCE("family/tipc_absent", Rows({"family/AF_TIPC", "method/sendto", "method/connect"}),
            Needs{Feature::tipc, &probe::tipc}) {
  Socket s = open_tipc(t, sock_rdm);
  // Nobody serves it.
  REQUIRE_ERROR(s.sendto("x", TipcAddress{tipc_addr_name, service + 5, 1}), Errc::ehostunreach);
  Socket client = open_tipc(t, sock_stream);
  REQUIRE_ERROR(client.connect(TipcAddress{tipc_addr_name, service + 5, 1}), Errc::ehostunreach);
  // Nobody has that port; the message is lost.
  const auto own = std::get<TipcAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_OK(s.sendto("lost", TipcAddress{tipc_addr_id, own.v1, own.v2 + 1}));
}

}  // namespace
}  // namespace everysock::conformance
