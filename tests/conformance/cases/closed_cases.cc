// After the end: every method of a closed, detached or moved-from socket gives EBADF.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

// One case for each method, over an open socket that has just been closed.
#define CLOSED_CASE(name, row, call)                                                      \
  CONFORMANCE("closed/" name, Rows({"method/close", row}), Needs{Feature::inet_stream}) { \
    Socket s = t.open(tcp4);                                                              \
    REQUIRE_OK(s.close());                                                                \
    const Error error = REQUIRE_ERROR(call, Errc::ebadf);                                 \
    REQUIRE_EQ(operation_name(error.operation()), std::string_view(name));                \
  }

CLOSED_CASE("accept", "method/accept", s.accept())
CLOSED_CASE("bind", "method/bind", s.bind({"127.0.0.1", 0}))
CLOSED_CASE("connect", "method/connect", s.connect({"127.0.0.1", 9}))
CLOSED_CASE("dup", "method/dup", s.dup())
CLOSED_CASE("getpeername", "method/getpeername", s.getpeername())
CLOSED_CASE("getsockname", "method/getsockname", s.getsockname())
CLOSED_CASE("getsockopt", "method/getsockopt", s.getsockopt(sol_socket, so_type))
CLOSED_CASE("get_inheritable", "method/get_inheritable", s.get_inheritable())
CLOSED_CASE("listen", "method/listen", s.listen())
CLOSED_CASE("makefile", "method/makefile", s.makefile())
CLOSED_CASE("recv", "method/recv", s.recv(10))
CLOSED_CASE("recvfrom", "method/recvfrom", s.recvfrom(10))
CLOSED_CASE("recvmsg", "method/recvmsg", s.recvmsg(10))
CLOSED_CASE("send", "method/send", s.send("x"))
CLOSED_CASE("sendall", "method/sendall", s.sendall("x"))
CLOSED_CASE("sendmsg", "method/sendmsg", s.sendmsg({"x"}))
CLOSED_CASE("sendto", "method/sendto", s.sendto("x", InetAddress{"127.0.0.1", 9}))
CLOSED_CASE("setblocking", "method/setblocking", s.setblocking(false))
CLOSED_CASE("settimeout", "method/settimeout", s.settimeout(1))
CLOSED_CASE("setsockopt", "method/setsockopt", s.setsockopt(sol_socket, so_reuseaddr, 1))
CLOSED_CASE("set_inheritable", "method/set_inheritable", s.set_inheritable(true))
CLOSED_CASE("shutdown", "method/shutdown", s.shutdown(shut_rdwr))
#undef CLOSED_CASE

CONFORMANCE("closed/recv_into",
            Rows({"method/close", "method/recv_into", "method/recvfrom_into", "method/recvmsg_into"}),
            Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.close());
  std::array<char, 4> buffer;
  REQUIRE_ERROR(s.recv_into(buffer), Errc::ebadf);
  REQUIRE_ERROR(s.recvfrom_into(buffer), Errc::ebadf);
  REQUIRE_ERROR(s.recvmsg_into({buffer}), Errc::ebadf);
}

CONFORMANCE("closed/connect_ex", Rows({"method/close", "method/connect_ex"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.close());
  REQUIRE_EQ(REQUIRE_OK(s.connect_ex({"127.0.0.1", 9})), Errc::ebadf);
}

CONFORMANCE_OVER(every_kind, "closed/facts_survive",
                 Rows({"method/close", "method/fileno", "attribute/family", "attribute/type", "attribute/proto"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_NE(s.fileno(), -1);
  REQUIRE_OK(s.close());
  REQUIRE_EQ(s.fileno(), -1);
  REQUIRE_EQ(s.family(), kind.family);
  REQUIRE_EQ(s.type(), kind.type);
  REQUIRE(s.handle() == Handle::invalid);
  REQUIRE(s.getblocking());
}

CONFORMANCE_OVER(every_kind, "closed/twice", Rows({"method/close"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_OK(s.close());
  REQUIRE_OK(s.close());
  REQUIRE_EQ(s.detach(), -1);
}

CONFORMANCE("closed/never_open", Rows({"method/close", "method/fileno"}), Needs{}) {
  Socket s;
  REQUIRE_EQ(s.fileno(), -1);
  REQUIRE_OK(s.close());
  REQUIRE_EQ(s.detach(), -1);
  REQUIRE_ERROR(s.send("x"), Errc::ebadf);
  REQUIRE_ERROR(s.getsockname(), Errc::ebadf);
  REQUIRE_ERROR(s.settimeout(1), Errc::ebadf);
}

CONFORMANCE_OVER(connected_kinds, "closed/moved_from", Rows({"method/close"}), Needs{}) {
  Connection c = t.connected(kind);
  Socket target = t.open(kind);
  target = std::move(c.client);  // closes what it held before
  REQUIRE_EQ(c.client.fileno(), -1);
  REQUIRE_ERROR(c.client.send("x"), Errc::ebadf);
  REQUIRE_OK(c.client.close());
  REQUIRE_OK(target.send("still connected"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "still connected");
}

CONFORMANCE_OVER(stream_kinds, "closed/move_assignment_closes", Rows({"method/close", "behaviour/B19"}), Needs{}) {
  Connection first = t.connected(kind);
  Connection second = t.connected(kind);
  first.client = std::move(second.client);
  REQUIRE_EQ(REQUIRE_OK(first.server.recv(1)), "");  // its peer was closed
  REQUIRE_OK(first.client.sendall("to the second"));
  REQUIRE_EQ(t.receive(second.server, 13), "to the second");
}

CONFORMANCE("closed/usage_before_ebadf", Rows({"method/recv", "exception/ValueError"}), Needs{Feature::inet_stream}) {
  // What the arguments alone show is found first.
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.close());
  REQUIRE_ERROR(s.recv(-1), UsageErrc::negative_size);
  REQUIRE_ERROR(s.settimeout(-1), UsageErrc::negative_timeout);
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4, &unix_path}), "closed/handles_are_freed", Rows({"method/close"}), Needs{}) {
  // More than most systems give a process at once.
  for (int i = 0; i < 1100; ++i) {
    Socket s = t.open(kind);
    REQUIRE_OK(s.close());
  }
}

}  // namespace
}  // namespace everysock::conformance
