#include "scenarios.h"

namespace everysock::testing {
namespace {

void look_at(Script& s, const char* name) {
  s.ready(name);
  s.local(name);
  s.peer(name);
  s.get(name, sol_socket, so_error);
  s.get(name, sol_socket, so_acceptconn);
}

void listening(Script& s, const char* name, int backlog = 8, AddressFamily family = af_inet) {
  s.open(name, family, sock_stream);
  s.bind(name, family == af_inet ? loopback(0) : loopback6(0));
  s.listen(name, backlog);
}

void connected(Script& s, AddressFamily family = af_inet) {
  listening(s, "listener", 8, family);
  s.open("client", family, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.connect("client", s.name_of("listener"));
  s.accept("listener", "server");
}

void every_call(Script& s, const char* name) {
  s.send(name, "x");
  s.receive(name, 10);
  s.receive(name, 0);
  s.shutdown(name, shut_rd);
  s.shutdown(name, shut_wr);
  s.shutdown(name, shut_rdwr);
  s.accept(name, "accepted");
  look_at(s, name);
}

void fresh(Script& s) {
  s.open("s", af_inet, sock_stream);
  look_at(s, "s");
  every_call(s, "s");
  s.note("after all that");
  s.receive("s", 10);
  s.send("s", "x");
  s.listen("s", 1);
  look_at(s, "s");
}

void fresh6(Script& s) {
  s.open("s", af_inet6, sock_stream);
  look_at(s, "s");
  every_call(s, "s");
}

void bound(Script& s) {
  s.open("s", af_inet, sock_stream);
  s.bind("s", loopback(0));
  look_at(s, "s");
  s.bind("s", loopback(0));
  s.send("s", "x");
  s.receive("s", 10);
  s.accept("s", "x");
}

void listener_calls(Script& s) {
  listening(s, "s");
  look_at(s, "s");
  s.send("s", "x");
  s.receive("s", 10);
  s.accept("s", "x");
  s.connect("s", s.name_of("s"));
  s.bind("s", loopback(0));
  s.listen("s", 3);
  s.shutdown("s", shut_wr);
  look_at(s, "s");
  s.shutdown("s", shut_rd);
  look_at(s, "s");
  s.accept("s", "x");
  s.listen("s", 3);
  look_at(s, "s");
}

void listen_unbound(Script& s) {
  s.open("s", af_inet, sock_stream);
  s.listen("s", 1);
  look_at(s, "s");
  s.open("t", af_inet6, sock_stream);
  s.listen("t", 1);
  look_at(s, "t");
}

void connecting(Script& s) {
  connected(s);
  look_at(s, "client");
  look_at(s, "server");
  s.connect("client", s.name_of("listener"));
  s.connect("client", s.name_of("server"));
  s.bind("client", loopback(0));
  s.listen("client", 1);
  s.accept("client", "x");
  s.accept("listener", "x");
}

void refused(Script& s) {
  s.open("nobody", af_inet, sock_stream);
  s.bind("nobody", loopback(0));
  s.open("c", af_inet, sock_stream);
  s.connect("c", s.name_of("nobody"));
  s.ready("c");
  s.peer("c");
  s.local("c");
  s.connect("c", s.name_of("nobody"));
  s.ready("c");
  s.get("c", sol_socket, so_error);
  s.local("c");
  s.connect("c", s.name_of("nobody"));
  s.ready("c");
}

void refused_error_taken(Script& s) {
  s.open("nobody", af_inet, sock_stream);
  s.bind("nobody", loopback(0));
  s.open("c", af_inet, sock_stream);
  s.connect("c", s.name_of("nobody"));
  s.ready("c");
  s.get("c", sol_socket, so_error);
  s.get("c", sol_socket, so_error);
  s.ready("c");
  s.receive("c", 10);
  s.send("c", "x");
  s.connect("c", s.name_of("nobody"));
  s.connect("c", s.name_of("nobody"));
  s.ready("c");
}

void refused_then_used(Script& s) {
  s.open("nobody", af_inet, sock_stream);
  s.bind("nobody", loopback(0));
  s.open("c", af_inet, sock_stream);
  s.connect("c", s.name_of("nobody"));
  s.send("c", "x");
  s.send("c", "x");
  s.receive("c", 10);
  s.open("d", af_inet, sock_stream);
  s.connect("d", s.name_of("nobody"));
  s.receive("d", 10);
  s.receive("d", 10);
  s.send("d", "x");
  s.open("e", af_inet, sock_stream);
  s.connect("e", s.name_of("nobody"));
  s.shutdown("e", shut_rdwr);
  s.get("e", sol_socket, so_error);
}

void refused_then_connected(Script& s) {
  s.open("nobody", af_inet, sock_stream);
  s.bind("nobody", loopback(0));
  listening(s, "listener");
  s.open("c", af_inet, sock_stream);
  s.connect("c", s.name_of("nobody"));
  s.connect("c", s.name_of("listener"));
  s.connect("c", s.name_of("listener"));
  s.connect("c", s.name_of("listener"));
  s.connect("c", s.name_of("listener"));
  s.ready("c");
}

void bad_targets(Script& s) {
  listening(s, "listener");
  const int port = std::get<InetAddress>(s.name_of("listener")).port;
  s.open("a", af_inet, sock_stream);
  s.connect("a", loopback6(port));
  s.connect("a", UnixAddress{"a path long enough for any family"});
  s.connect("a", inet("255.255.255.255", port));
  s.connect("a", inet("224.0.0.1", port));
  s.connect("a", inet("127.255.255.255", port));
  s.open("b", af_inet, sock_stream);
  s.connect("b", inet("0.0.0.0", port));
  s.connect("b", inet("0.0.0.0", port));
  look_at(s, "b");
  s.open("c", af_inet6, sock_stream);
  s.connect("c", loopback(port));
  s.connect("c", inet6("::ffff:127.0.0.1", port));
  s.connect("c", inet6("::ffff:127.0.0.1", port));
  look_at(s, "c");
  s.open("d", af_inet6, sock_stream);
  s.connect("d", inet6("fe80::1", port));
  s.connect("d", inet6("::1", port));
  s.ready("d");
  s.open("e", af_inet, sock_stream);
  s.bind("e", inet("127.0.0.9", 0));
  s.connect("e", loopback(port));
  look_at(s, "e");
}

void wildcard6(Script& s) {
  s.open("listener", af_inet6, sock_stream);
  s.bind("listener", inet6("::", 0));
  s.listen("listener", 4);
  const int port = std::get<Inet6Address>(s.name_of("listener")).port;
  s.open("a", af_inet, sock_stream);
  s.connect("a", loopback(port));
  s.open("b", af_inet6, sock_stream);
  s.connect("b", inet6("::", port, 0, 0x12345));
  look_at(s, "a");
  look_at(s, "b");
  s.accept("listener", "x");
  s.accept("listener", "y");
  look_at(s, "x");
  look_at(s, "y");
  s.get("x", sol_ipv6, ipv6_v6only);
}

void v6only(Script& s) {
  s.open("listener", af_inet6, sock_stream);
  s.set("listener", sol_ipv6, ipv6_v6only, 1);
  s.bind("listener", inet6("::", 0));
  s.listen("listener", 4);
  s.set("listener", sol_ipv6, ipv6_v6only, 0);
  const int port = std::get<Inet6Address>(s.name_of("listener")).port;
  s.open("a", af_inet, sock_stream);
  s.connect("a", loopback(port));
  s.ready("a");
  s.connect("a", loopback(port));
  s.open("b", af_inet6, sock_stream);
  s.set("b", sol_ipv6, ipv6_v6only, 1);
  s.connect("b", inet6("::ffff:127.0.0.1", port));
  s.bind("b", inet6("::ffff:127.0.0.1", 0));
}

void data(Script& s) {
  connected(s);
  s.send("client", "");
  s.receive("server", 10);
  s.send("client", "hello");
  s.ready("server");
  s.receive("server", 0);
  s.receive("server", 2, msg_peek);
  s.receive("server", 2);
  s.receive("server", 2, msg_trunc);
  s.receive("server", 10, msg_waitall);
  s.receive("server", 10, msg_dontwait);
  const Address other = loopback(9);
  s.send_to("client", "to", other);
  s.receive("server", 10);
  s.receive("server", 10, msg_oob);
  s.receive("server", 10, msg_errqueue);
  s.receive("server", 10, msg_errqueue);
}

void urgent(Script& s) {
  connected(s);
  s.send("client", "abc");
  s.send("client", "def", msg_oob);
  s.send("client", "ghi");
  s.receive("server", 10, msg_oob | msg_peek);
  s.receive("server", 10);
  s.ready("server");
  s.receive("server", 10, msg_oob);
  s.receive("server", 10, msg_oob);
  s.receive("server", 10);
  s.receive("server", 10);
  s.receive("server", 10, msg_oob);
  s.note("inline");
  s.set("server", sol_socket, so_oobinline, 1);
  s.send("client", "jkl", msg_oob);
  s.receive("server", 10, msg_oob);
  s.receive("server", 10);
  s.receive("server", 10);
  s.note("alone");
  s.set("server", sol_socket, so_oobinline, 0);
  s.send("client", "m", msg_oob);
  s.ready("server");
  s.receive("server", 10);
  s.receive("server", 10, msg_oob);
  s.send("client", "n");
  s.receive("server", 10);
}

void half_close(Script& s) {
  connected(s);
  s.send("client", "last");
  s.shutdown("client", shut_wr);
  s.shutdown("client", shut_wr);
  s.send("client", "x");
  s.ready("client");
  s.ready("server");
  s.receive("server", 10);
  s.receive("server", 10);
  s.receive("server", 10);
  s.send("server", "answer");
  s.receive("client", 10);
  s.ready("server");
  s.shutdown("server", shut_wr);
  s.receive("client", 10);
  look_at(s, "client");
  look_at(s, "server");
  s.shutdown("client", shut_rdwr);
  s.shutdown("server", shut_rdwr);
  s.send("server", "x");
  s.receive("server", 3);
}

void shutdown_reading(Script& s) {
  connected(s);
  s.shutdown("server", shut_rd);
  s.ready("server");
  s.receive("server", 10);
  s.send("client", "still");
  s.receive("server", 10);
  s.receive("server", 10);
  s.send("server", "back");
  s.receive("client", 10);
  s.ready("client");
}

void peer_closes(Script& s) {
  connected(s);
  s.send("server", "bye");
  s.close("server");
  s.ready("client");
  s.receive("client", 10);
  s.receive("client", 10);
  look_at(s, "client");
  s.send("client", "one");
  s.ready("client");
  s.get("client", sol_socket, so_error);
  s.send("client", "two");
  s.send("client", "three");
  s.receive("client", 10);
  look_at(s, "client");
}

void peer_closes_then_send(Script& s) {
  connected(s);
  s.close("server");
  s.send("client", "one");
  s.send("client", "two");
  s.send("client", "three");
  s.receive("client", 10);
  look_at(s, "client");
  s.shutdown("client", shut_rdwr);
}

void reset_by_unread(Script& s) {
  connected(s);
  s.send("client", "unread");
  s.send("server", "seen");
  s.close("server");
  look_at(s, "client");
  s.receive("client", 10);
  s.receive("client", 10);
  s.receive("client", 10);
  s.send("client", "x");
}

void reset_seen_by_send(Script& s) {
  connected(s);
  s.send("client", "unread");
  s.close("server");
  s.send("client", "x");
  s.send("client", "x");
  s.receive("client", 10);
  s.connect("client", s.name_of("listener"));
}

void reset_by_linger(Script& s) {
  connected(s);
  s.set_bytes("server", sol_socket, so_linger, std::string_view("\1\0\0\0\0\0\0\0", 8));
  s.close("server");
  s.ready("client");
  s.get("client", sol_socket, so_error);
  s.get("client", sol_socket, so_error);
  s.receive("client", 10);
  s.peer("client");
}

void reset_before_accept(Script& s) {
  listening(s, "listener");
  s.open("client", af_inet, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.set_bytes("client", sol_socket, so_linger, std::string_view("\1\0\0\0\0\0\0\0", 8));
  s.close("client");
  s.ready("listener");
  s.accept("listener", "server");
  look_at(s, "server");
  s.receive("server", 10);
}

void closed_before_accept(Script& s) {
  listening(s, "listener");
  s.open("client", af_inet, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.connect("client", s.name_of("listener"));
  s.send("client", "early");
  s.close("client");
  s.accept("listener", "server");
  s.receive("server", 10);
  s.receive("server", 10);
  look_at(s, "server");
}

void listener_closes(Script& s) {
  listening(s, "listener");
  s.open("client", af_inet, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.connect("client", s.name_of("listener"));
  s.close("listener");
  look_at(s, "client");
  s.receive("client", 10);
  s.receive("client", 10);
}

void disconnect(Script& s) {
  connected(s);
  s.connect("client", Address());
  look_at(s, "client");
  s.ready("server");
  s.receive("server", 10);
  s.connect("client", s.name_of("listener"));
  s.connect("client", s.name_of("listener"));
  look_at(s, "client");
}

void disconnect_others(Script& s) {
  s.open("fresh", af_inet, sock_stream);
  s.connect("fresh", Address());
  look_at(s, "fresh");
  listening(s, "listener");
  s.connect("listener", Address());
  look_at(s, "listener");
}

void backlog(Script& s) {
  listening(s, "listener", 0);
  s.open("a", af_inet, sock_stream);
  s.connect("a", s.name_of("listener"));
  s.open("b", af_inet, sock_stream);
  s.connect("b", s.name_of("listener"));
  s.ready("a");
  s.accept("listener", "x");
}

void full_buffers(Script& s) {
  connected(s);
  s.fill("client", 65536);
  s.ready("client");
  s.send("client", "x");
  s.shutdown("client", shut_wr);
  s.send("client", "x");
}

void duplicates(Script& s) {
  connected(s);
  s.dup("client", "copy");
  s.close("client");
  s.send("copy", "x");
  s.receive("server", 10);
  s.ready("server");
  s.close("copy");
  s.ready("server");
  s.receive("server", 10);
}

void inherited(Script& s) {
  s.open("listener", af_inet, sock_stream);
  s.set("listener", sol_socket, so_reuseaddr, 1);
  s.set("listener", sol_socket, so_keepalive, 1);
  s.set("listener", sol_socket, so_sndbuf, 20000);
  s.set("listener", sol_socket, so_rcvbuf, 30000);
  s.set("listener", sol_socket, so_oobinline, 1);
  s.set("listener", sol_socket, so_rcvlowat, 3);
  s.set("listener", sol_socket, so_priority, 3);
  s.set_bytes("listener", sol_socket, so_linger, std::string_view("\1\0\0\0\5\0\0\0", 8));
  s.set("listener", sol_tcp, tcp_nodelay, 1);
  s.set("listener", sol_tcp, tcp_keepidle, 33);
  s.set("listener", sol_tcp, tcp_user_timeout, 44);
  s.set("listener", sol_ip, ip_ttl, 55);
  s.set("listener", sol_ip, ip_tos, 0x10);
  s.bind("listener", loopback(0));
  s.listen("listener", 4);
  s.open("client", af_inet, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.accept("listener", "server");
  for (const Option option : {so_reuseaddr, so_keepalive, so_sndbuf, so_rcvbuf, so_oobinline, so_rcvlowat, so_priority,
                              so_acceptconn, so_type, so_domain, so_protocol}) {
    s.get("server", sol_socket, option);
  }
  s.get("server", sol_socket, so_linger, 8);
  for (const Option option : {tcp_nodelay, tcp_keepidle, tcp_user_timeout}) s.get("server", sol_tcp, option);
  for (const Option option : {ip_ttl, ip_tos}) s.get("server", sol_ip, option);
}

void low_water(Script& s) {
  connected(s);
  s.set("server", sol_socket, so_rcvlowat, 4);
  s.send("client", "abc");
  s.ready("server");
  s.receive("server", 10);
  s.send("client", "abcd");
  s.ready("server");
  s.receive("server", 10);
  s.send("client", "ab");
  s.shutdown("client", shut_wr);
  s.ready("server");
  s.receive("server", 10);
}

void data_for_nobody(Script& s) {
  s.note("both ends are reset by data for one that reads no more");
  connected(s);
  s.shutdown("server", shut_rdwr);
  s.send("client", "x");
  look_at(s, "client");
  look_at(s, "server");
  s.bind("client", loopback(0));
  s.local("client");
}

void failed_attempt(Script& s) {
  s.note("shut down before anybody saw that it failed");
  connected(s);
  s.open("again", af_inet, sock_stream);
  s.connect("again", s.name_of("listener"));
  s.accept("listener", "other");
  s.connect("other", Address());
  s.shutdown("again", shut_wr);
  s.connect("again", s.name_of("listener"));
  s.listen("again", 1);
  s.connect("again", Address());
  s.connect("again", s.name_of("listener"));
  s.note("an error of before is forgotten");
  s.accept("listener", "last");
  s.connect("other", s.name_of("listener"));
  s.ready("other");
  s.note("a socket that was not connected keeps its port");
  s.open("bound", af_inet, sock_stream);
  s.bind("bound", loopback(0));
  s.connect("bound", Address());
  s.open("late", af_inet, sock_stream);
  s.bind("late", s.name_of("bound"));
}

void accepted_with_data(Script& s) {
  listening(s, "listener");
  s.set("listener", ipproto_tcp, tcp_defer_accept, 30);
  s.get("listener", ipproto_tcp, tcp_defer_accept);
  for (const char* name : {"client", "another", "last"}) {
    s.open(name, af_inet, sock_stream);
    s.connect(name, s.name_of("listener"));
    look_at(s, name);
    look_at(s, "listener");
  }
  s.send("client", "x");
  look_at(s, "listener");
  s.accept("listener", "server");
  s.receive("server", 10);
  s.get("server", ipproto_tcp, tcp_defer_accept);
  s.shutdown("another", shut_wr);
  look_at(s, "listener");
  s.accept("listener", "server of another");
  s.receive("server of another", 10);
  s.close("listener");
  look_at(s, "last");
  s.send("last", "x");
  look_at(s, "last");
}

void handshake_with_data(Script& s) {
  listening(s, "listener");
  for (const auto& [option, value] : {std::pair{tcp_defer_accept, 1}, std::pair{tcp_quickack, 0}}) {
    s.open("client", af_inet, sock_stream);
    s.set("client", ipproto_tcp, option, value);
    s.connect("client", s.name_of("listener"));
    s.get("client", ipproto_tcp, tcp_quickack);
    s.ready("listener");
    s.send("client", "x");
    s.ready("listener");
    s.accept("listener", "server");
    s.receive("server", 10);
    s.close("client");
    s.close("server");
  }
}

constexpr Scenario kScenarios[] = {
    {"fresh", fresh},
    {"fresh IPv6", fresh6},
    {"bound", bound},
    {"listener", listener_calls},
    {"listen unbound", listen_unbound},
    {"connecting", connecting},
    {"refused", refused},
    {"refused, so_error read", refused_error_taken},
    {"refused, then used", refused_then_used},
    {"refused, then connected", refused_then_connected},
    {"bad targets", bad_targets},
    {"IPv6 wildcard", wildcard6},
    {"IPv6 only", v6only},
    {"data", data},
    {"urgent data", urgent},
    {"half close", half_close},
    {"shutdown of reading", shutdown_reading},
    {"peer closes", peer_closes},
    {"peer closes, then send", peer_closes_then_send},
    {"reset by unread data", reset_by_unread},
    {"reset seen by send", reset_seen_by_send},
    {"reset by linger", reset_by_linger},
    {"reset before accept", reset_before_accept},
    {"closed before accept", closed_before_accept},
    {"listener closes", listener_closes},
    {"disconnect", disconnect},
    {"disconnect others", disconnect_others},
    {"backlog", backlog},
    {"full buffers", full_buffers},
    {"duplicates", duplicates},
    {"inherited options", inherited},
    {"low water", low_water},
    {"data for nobody", data_for_nobody},
    {"failed attempt", failed_attempt},
    {"accepted with data", accepted_with_data},
    {"handshake with data", handshake_with_data},
};

}  // namespace

std::span<const Scenario> tcp_scenarios() { return kScenarios; }

}  // namespace everysock::testing
