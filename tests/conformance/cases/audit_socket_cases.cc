// Audit events of sockets: what is heard before each call, and that a hook that refuses prevents it.
#include "framework/audit_listener.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

using Events = std::vector<std::string>;

// The one event since the last look.
std::string only(const Events& events) {
  REQUIRE_EQ(events.size(), 1u);
  return events.front();
}

// An event of `socket` with an address.
std::string event(const char* name, const Socket& socket, const std::string& address) {
  return std::string(name) + '(' + repr(socket) + ", " + address + ')';
}

CONFORMANCE("audit/socket", Rows({"behaviour/B65", "function/socket"}), Needs{Feature::inet_stream}) {
  AuditListener listener;
  Socket s = REQUIRE_OK(socket(af_inet, sock_stream, ipproto_tcp, t.backend()));
  REQUIRE_EQ(only(listener.take()), "socket.__new__(AF_INET, SOCK_STREAM, 6)");
  listener.refuse();
  const Error error = REQUIRE_ERROR(socket(af_inet, sock_stream, {}, t.backend()), Errc::eperm);
  REQUIRE_EQ(error.message(), "socket: Operation not permitted [EPERM]");
}

CONFORMANCE("audit/accept", Rows({"behaviour/B65", "method/accept"}), Needs{Feature::inet_stream, Feature::listen}) {
  Socket server = t.listener(tcp4);
  const Address address = REQUIRE_OK(server.getsockname());
  Socket first = t.open(tcp4);
  Socket second = t.open(tcp4);
  AuditListener listener;
  REQUIRE_OK(first.connect(address));
  listener.take();
  REQUIRE_OK(server.accept());
  REQUIRE_EQ(only(listener.take()), "socket.__new__(AF_INET, SOCK_STREAM, 0)");
  // Refused, the connection is closed.
  REQUIRE_OK(second.connect(address));
  listener.refuse();
  const Error error = REQUIRE_ERROR(server.accept(), Errc::eperm);
  REQUIRE(error.operation() == Operation::accept);
  listener.allow();
  REQUIRE_EQ(REQUIRE_OK(second.recv(1)), "");
}

CONFORMANCE("audit/socketpair", Rows({"behaviour/B65", "function/socketpair"}),
            Needs{Feature::unix_stream, Feature::socketpair_unix}) {
  AuditListener listener;
  auto pair = REQUIRE_OK(socketpair(af_unix, sock_stream, {}, t.backend()));
  const Events each(2, "socket.__new__(AF_UNIX, SOCK_STREAM, 0)");
  REQUIRE(listener.take() == each);
  listener.refuse();
  REQUIRE_ERROR(socketpair(af_unix, sock_stream, {}, t.backend()), Errc::eperm);
}

CONFORMANCE("audit/dup", Rows({"behaviour/B65", "method/dup"}), Needs{Feature::inet_dgram, Feature::duplicate}) {
  Socket s = t.open(udp4);
  AuditListener listener;
  REQUIRE_OK(s.dup());
  REQUIRE_EQ(only(listener.take()), "socket.__new__(AF_INET, SOCK_DGRAM, 0)");
  listener.refuse();
  REQUIRE_ERROR(s.dup(), Errc::eperm);
}

CONFORMANCE("audit/fileno", Rows({"behaviour/B65", "function/fromfd"}), Needs{Feature::inet_dgram}) {
  Socket s = t.open(udp4);
  const std::int64_t fd = s.fileno();
  AuditListener listener;
  listener.refuse();
  REQUIRE_ERROR(fromfd(fd, af_inet, sock_dgram, {}, t.backend()), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), "socket.__new__(AF_INET, SOCK_DGRAM, 0)");
  REQUIRE_ERROR(socket_from_fileno(fd, {}, t.backend()), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), "socket.__new__(none, none, none)");
  REQUIRE_ERROR(fromshare("data", t.backend()), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), "socket.__new__(none, none, none)");
  REQUIRE_OK(s.getsockname());  // still ours
}

CONFORMANCE_OVER(tcp_kinds, "audit/bind", Rows({"behaviour/B74", "method/bind"}), Needs{}) {
  Socket s = t.open(kind);
  Socket other = t.open(kind);
  const Address wanted = t.loopback(kind, 0);
  const std::string before = event("socket.bind", s, to_string(wanted));
  AuditListener listener;
  listener.refuse();
  const Error error = REQUIRE_ERROR(s.bind(wanted), Errc::eperm);
  REQUIRE(error.operation() == Operation::bind);
  REQUIRE_EQ(only(listener.take()), before);
  REQUIRE_EQ(port_of(REQUIRE_OK(s.getsockname())), 0);  // not bound
  listener.allow();
  REQUIRE_OK(s.bind(wanted));
  REQUIRE_EQ(only(listener.take()), before);
  // What no address can be is refused before.
  REQUIRE_ERROR(other.bind(t.loopback(kind, 65536)), UsageErrc::port_out_of_range);
  REQUIRE(listener.take().empty());
}

CONFORMANCE("audit/connect", Rows({"behaviour/B75", "method/connect", "method/connect_ex"}),
            Needs{Feature::inet_stream, Feature::listen}) {
  Socket server = t.listener(tcp4);
  const Address address = REQUIRE_OK(server.getsockname());
  Socket client = t.open(tcp4);
  const std::string before = event("socket.connect", client, to_string(address));
  AuditListener listener;
  listener.refuse();
  REQUIRE_ERROR(client.connect(address), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), before);
  REQUIRE_ERROR(client.connect_ex(address), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), before);
  REQUIRE_ERROR(client.getpeername(), Errc::enotconn);
  listener.allow();
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(address)), Errc::ok);
  REQUIRE_EQ(only(listener.take()), before);
}

CONFORMANCE("audit/sendto", Rows({"behaviour/B76", "method/sendto"}), Needs{Feature::inet_dgram}) {
  Socket receiver = t.bound(udp4);
  const Address address = REQUIRE_OK(receiver.getsockname());
  Socket sender = t.bound(udp4);
  const std::string before = event("socket.sendto", sender, to_string(address));
  AuditListener listener;
  listener.refuse();
  REQUIRE_ERROR(sender.sendto("refused", address), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), before);
  listener.allow();
  REQUIRE_OK(sender.sendto("allowed", address));
  REQUIRE_EQ(only(listener.take()), before);
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "allowed");  // and nothing before
}

CONFORMANCE("audit/sendmsg", Rows({"behaviour/B77", "method/sendmsg"}), Needs{Feature::inet_dgram}) {
  Socket receiver = t.bound(udp4);
  const Address address = REQUIRE_OK(receiver.getsockname());
  Socket sender = t.bound(udp4);
  const std::string to_address = event("socket.sendmsg", sender, to_string(address));
  AuditListener listener;
  listener.refuse();
  REQUIRE_ERROR(sender.sendmsg({"refused"}, {}, {}, &address), Errc::eperm);
  REQUIRE_EQ(only(listener.take()), to_address);
  listener.allow();
  REQUIRE_OK(sender.sendmsg({"allowed"}, {}, {}, &address));
  REQUIRE_EQ(only(listener.take()), to_address);
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "allowed");
  REQUIRE_OK(sender.connect(address));
  listener.take();
  REQUIRE_OK(sender.sendmsg({"to the peer"}));
  REQUIRE_EQ(only(listener.take()), event("socket.sendmsg", sender, "none"));
}

CONFORMANCE("audit/no_event_between_peers", Rows({"behaviour/B65", "method/send", "method/recv", "method/sendall"}),
            Needs{Feature::inet_stream, Feature::listen}) {
  Connection c = t.connected(tcp4);
  AuditListener listener;
  listener.refuse();
  REQUIRE_OK(c.client.sendall("data"));
  REQUIRE_EQ(t.receive(c.server, 4), "data");
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_EQ(t.receive_to_end(c.server), "");
  REQUIRE_OK(c.client.close());
  REQUIRE(listener.take().empty());
}

CONFORMANCE("audit/create_server_and_connection",
            Rows({"behaviour/B65", "behaviour/B74", "behaviour/B75", "function/create_server",
                  "function/create_connection"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  // What is built of other calls raises their events.
  AuditListener listener;
  Socket server = REQUIRE_OK(create_server({"127.0.0.1", 0}, {}, t.backend()));
  Events events = listener.take();
  REQUIRE_EQ(events.size(), 2u);
  REQUIRE_EQ(events[0].substr(0, 14), "socket.__new__");
  REQUIRE_EQ(events[1].substr(0, 12), "socket.bind(");
  Socket client = REQUIRE_OK(create_connection(host_and_port_of(server), {}, t.backend()));
  events = listener.take();
  REQUIRE_EQ(events.size(), 3u);
  REQUIRE_EQ(events[0].substr(0, 19), "socket.getaddrinfo(");
  REQUIRE_EQ(events[1].substr(0, 14), "socket.__new__");
  REQUIRE_EQ(events[2].substr(0, 15), "socket.connect(");
}

}  // namespace
}  // namespace everysock::conformance
