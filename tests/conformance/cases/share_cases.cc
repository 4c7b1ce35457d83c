// Several objects on one socket: dup, detach, socket_from_fileno, fromfd, close of a bare descriptor; and inheritance.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(connected_kinds, "share/dup", Rows({"method/dup", "behaviour/B44"}), Needs{Feature::duplicate}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::patience));
  Socket copy = REQUIRE_OK(c.client.dup());
  REQUIRE_NE(copy.fileno(), c.client.fileno());
  REQUIRE_EQ(copy.family(), kind.family);
  REQUIRE_EQ(copy.type(), kind.type);
  REQUIRE_EQ(copy.proto(), c.client.proto());
  REQUIRE_EQ(copy.gettimeout(), std::optional(Context::patience));
  REQUIRE_EQ(REQUIRE_OK(copy.getpeername()), REQUIRE_OK(c.client.getpeername()));
  REQUIRE_EQ(REQUIRE_OK(copy.getsockname()), REQUIRE_OK(c.client.getsockname()));
  REQUIRE_OK(copy.send("from the copy"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "from the copy");
}

CONFORMANCE_OVER(stream_kinds, "share/closing_one_keeps_the_other", Rows({"method/dup", "method/close"}),
                 Needs{Feature::duplicate}) {
  Connection c = t.connected(kind);
  Socket copy = REQUIRE_OK(c.client.dup());
  REQUIRE_OK(c.client.close());
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));  // not the end of the stream
  REQUIRE_OK(copy.sendall("still here"));
  REQUIRE_EQ(t.receive(c.server, 10), "still here");
  REQUIRE_OK(copy.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(stream_kinds, "share/shutdown_reaches_all", Rows({"method/dup", "method/shutdown", "behaviour/B20"}),
                 Needs{Feature::duplicate}) {
  Connection c = t.connected(kind);
  Socket copy = REQUIRE_OK(c.client.dup());
  REQUIRE_OK(copy.shutdown(shut_wr));
  REQUIRE_ERROR(c.client.send("x"), Errc::epipe);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "");
}

CONFORMANCE_OVER(every_kind, "share/options_are_shared", Rows({"method/dup"}),
                 Needs{Feature::duplicate, Feature::socket_options}) {
  Socket s = t.open(kind);
  Socket copy = REQUIRE_OK(s.dup());
  REQUIRE_OK(copy.setsockopt(sol_socket, so_keepalive, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_keepalive)), 1);
}

CONFORMANCE_OVER(every_kind, "share/mode_is_shared", Rows({"behaviour/B04", "method/setblocking"}),
                 Needs{Feature::duplicate}) {
  Socket s = t.open(kind);
  Socket copy = REQUIRE_OK(s.dup());
  REQUIRE_OK(copy.setblocking(false));
  REQUIRE(!REQUIRE_OK(t.backend().blocking(s.handle())));  // of the endpoint
  REQUIRE(s.getblocking());                                // of the object
  REQUIRE_OK(s.setblocking(true));
  REQUIRE(REQUIRE_OK(t.backend().blocking(copy.handle())));
  REQUIRE(!copy.getblocking());
}

CONFORMANCE("share/bound_by_one", Rows({"method/dup", "method/bind"}), Needs{Feature::inet_dgram, Feature::duplicate}) {
  Socket s = t.open(udp4);
  Socket copy = REQUIRE_OK(s.dup());
  REQUIRE_OK(copy.bind({"127.0.0.1", 0}));
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), REQUIRE_OK(copy.getsockname()));
  REQUIRE_OK(s.close());
  Socket clash = t.open(udp4);
  REQUIRE_ERROR(clash.bind(REQUIRE_OK(copy.getsockname())), Errc::eaddrinuse);  // held by the copy
}

CONFORMANCE_OVER(listener_kinds, "share/two_listeners", Rows({"method/dup", "method/accept"}),
                 Needs{Feature::duplicate}) {
  Socket listener = t.listener(kind);
  Socket copy = REQUIRE_OK(listener.dup());
  REQUIRE_OK(listener.close());
  (void)t.connect_to(copy, kind);
}

CONFORMANCE_OVER(connected_kinds, "share/detach", Rows({"method/detach", "behaviour/B43"}), Needs{Feature::adopt}) {
  Connection c = t.connected(kind);
  const std::int64_t before = c.client.fileno();
  const std::int64_t fd = c.client.detach();
  REQUIRE_EQ(fd, before);
  REQUIRE_EQ(c.client.fileno(), -1);
  REQUIRE_ERROR(c.client.send("x"), Errc::ebadf);
  REQUIRE_EQ(c.client.detach(), -1);
  Socket again = REQUIRE_OK(socket_from_fileno(fd, {}, t.backend()));
  REQUIRE_EQ(again.fileno(), fd);  // the same one, not a copy
  REQUIRE_OK(again.send("goes on"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "goes on");
}

CONFORMANCE_OVER(every_kind, "share/detection", Rows({"function/socket", "behaviour/B42", "attribute/proto"}),
                 Needs{Feature::adopt, Feature::socket_options}) {
  Socket s = t.open(kind);
  const int protocol = REQUIRE_OK(s.getsockopt(sol_socket, so_protocol));
  Socket again = REQUIRE_OK(socket_from_fileno(s.detach(), {}, t.backend()));
  REQUIRE_EQ(again.family(), kind.family);
  REQUIRE_EQ(again.type(), kind.type);
  REQUIRE_EQ(again.proto(), Protocol(static_cast<std::uint32_t>(protocol)));  // the real one, where the first said 0
  REQUIRE_EQ(again.gettimeout(), std::nullopt);
}

CONFORMANCE("share/detection_overridden", Rows({"function/socket", "behaviour/B42"}),
            Needs{Feature::inet_stream, Feature::adopt}) {
  Socket s = t.open(tcp4);
  Socket again = REQUIRE_OK(socket_from_fileno(
      s.detach(), {.family = af_inet6, .type = sock_dgram | sock_cloexec, .proto = ipproto_udp}, t.backend()));
  REQUIRE_EQ(again.family(), af_inet6);  // the object's view alone
  REQUIRE_EQ(again.type(), sock_dgram);
  REQUIRE_EQ(again.proto(), ipproto_udp);
}

CONFORMANCE("share/bad_descriptors", Rows({"function/socket", "function/fromfd", "function/dup", "function/close"}),
            Needs{Feature::inet_stream, Feature::adopt}) {
  REQUIRE_ERROR(socket_from_fileno(-1, {}, t.backend()), UsageErrc::negative_descriptor);
  REQUIRE_ERROR(socket_from_fileno(1 << 28, {}, t.backend()), Errc::ebadf);
  REQUIRE_ERROR(fromfd(1 << 28, af_inet, sock_stream, {}, t.backend()), Errc::ebadf);
  REQUIRE_ERROR(fromfd(-1, af_inet, sock_stream, {}, t.backend()), Errc::ebadf);
  REQUIRE_ERROR(close(1 << 28, t.backend()), Errc::ebadf);
  const Error error = REQUIRE_ERROR(dup(1 << 28, t.backend()), Errc::ebadf);
  REQUIRE_EQ(error.operation(), Operation::dup);
  REQUIRE_ERROR(dup(-1, t.backend()), Errc::ebadf);
}

CONFORMANCE_OVER(connected_kinds, "share/fromfd", Rows({"function/fromfd", "behaviour/B44"}),
                 Needs{Feature::adopt, Feature::duplicate}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::patience));
  Socket copy = REQUIRE_OK(fromfd(c.client.fileno(), kind.family, kind.type, {}, t.backend()));
  REQUIRE_NE(copy.fileno(), c.client.fileno());
  REQUIRE_EQ(copy.gettimeout(), std::nullopt);  // the time-out is not copied
  REQUIRE_OK(c.client.close());
  REQUIRE_OK(copy.send("from the copy"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "from the copy");
}

CONFORMANCE("share/fromfd_does_not_look", Rows({"function/fromfd"}),
            Needs{Feature::inet_stream, Feature::adopt, Feature::duplicate}) {
  Socket s = t.open(tcp4);
  Socket copy = REQUIRE_OK(fromfd(s.fileno(), af_unix, sock_dgram, ipproto_udp, t.backend()));
  REQUIRE_EQ(copy.family(), af_unix);
  REQUIRE_EQ(copy.type(), sock_dgram);
  REQUIRE_EQ(copy.proto(), ipproto_udp);
}

CONFORMANCE_OVER(connected_kinds, "share/dup_of_a_descriptor", Rows({"function/dup", "method/detach"}),
                 Needs{Feature::adopt, Feature::duplicate}) {
  Connection c = t.connected(kind);
  const std::int64_t fd = REQUIRE_OK(dup(c.client.fileno(), t.backend()));
  REQUIRE_NE(fd, c.client.fileno());
  REQUIRE_OK(c.client.close());
  Socket copy = REQUIRE_OK(socket_from_fileno(fd, {}, t.backend()));
  REQUIRE_OK(copy.send("from the copy"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "from the copy");
}

CONFORMANCE_OVER(stream_kinds, "share/close_of_a_descriptor", Rows({"function/close", "behaviour/B58"}),
                 Needs{Feature::adopt}) {
  Connection c = t.connected(kind);
  const std::int64_t fd = c.client.detach();
  REQUIRE_OK(close(fd, t.backend()));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
  const Error error = REQUIRE_ERROR(close(fd, t.backend()), Errc::ebadf);
  REQUIRE_EQ(error.operation(), Operation::close);
}

CONFORMANCE("share/descriptor_closed_behind_its_back", Rows({"function/close", "method/close"}),
            Needs{Feature::inet_stream, Feature::adopt}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(close(s.fileno(), t.backend()));
  REQUIRE_ERROR(s.listen(), Errc::ebadf);
  REQUIRE_ERROR(s.close(), Errc::ebadf);  // reported, and the object is closed all the same
  REQUIRE_EQ(s.fileno(), -1);
}

// ---- inheritance ----

CONFORMANCE_OVER(every_kind, "share/not_inheritable", Rows({"behaviour/B14", "method/get_inheritable"}),
                 Needs{Feature::inheritable}) {
  Socket s = t.open(kind);
  REQUIRE(!REQUIRE_OK(s.get_inheritable()));
  REQUIRE_OK(s.set_inheritable(true));
  REQUIRE(REQUIRE_OK(s.get_inheritable()));
  REQUIRE_OK(s.set_inheritable(false));
  REQUIRE(!REQUIRE_OK(s.get_inheritable()));
}

CONFORMANCE_OVER(listener_kinds, "share/accepted_not_inheritable", Rows({"behaviour/B14", "method/accept"}),
                 Needs{Feature::inheritable}) {
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.set_inheritable(true));
  Connection c = t.connect_to(listener, kind);
  REQUIRE(!REQUIRE_OK(c.server.get_inheritable()));
}

CONFORMANCE("share/copies_not_inheritable", Rows({"behaviour/B14", "method/dup", "function/fromfd", "function/dup"}),
            Needs{Feature::inet_stream, Feature::inheritable, Feature::duplicate, Feature::adopt}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.set_inheritable(true));
  REQUIRE(!REQUIRE_OK(REQUIRE_OK(s.dup()).get_inheritable()));
  REQUIRE(!REQUIRE_OK(REQUIRE_OK(fromfd(s.fileno(), af_inet, sock_stream, {}, t.backend())).get_inheritable()));
  Socket copy = REQUIRE_OK(socket_from_fileno(REQUIRE_OK(dup(s.fileno(), t.backend())), {}, t.backend()));
  REQUIRE(!REQUIRE_OK(copy.get_inheritable()));
  REQUIRE(REQUIRE_OK(s.get_inheritable()));
}

CONFORMANCE("share/pairs_not_inheritable", Rows({"behaviour/B14", "function/socketpair"}),
            Needs{Feature::unix_stream, Feature::socketpair_unix, Feature::inheritable}) {
  Connection c = t.connected(unix_pair);
  REQUIRE(!REQUIRE_OK(c.client.get_inheritable()));
  REQUIRE(!REQUIRE_OK(c.server.get_inheritable()));
}

}  // namespace
}  // namespace everysock::conformance
