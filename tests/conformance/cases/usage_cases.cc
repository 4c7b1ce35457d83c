// Arguments that cannot mean anything, and kinds of sockets that do not exist; the text of errors; repr.
#include <array>
#include <type_traits>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("usage/negative_sizes",
            Rows({"method/recv", "method/recvfrom", "method/recvmsg", "method/recvmsg_into", "exception/ValueError"}),
            Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  const Error error = REQUIRE_ERROR(s.recv(-1), UsageErrc::negative_size);
  REQUIRE_EQ(error.message(), "recv: negative buffersize, -1 [usage]");
  REQUIRE(error.domain() == ErrorDomain::usage);
  REQUIRE_EQ(error.errc(), Errc::ok);
  REQUIRE_ERROR(s.recvfrom(-5), UsageErrc::negative_size);
  REQUIRE_ERROR(s.recvmsg(-1), UsageErrc::negative_size);
  REQUIRE_ERROR(s.recvmsg(1, -1), UsageErrc::negative_size);
  std::array<char, 4> buffer;
  REQUIRE_ERROR(s.recv_into(buffer, -1), UsageErrc::negative_size);
  REQUIRE_ERROR(s.recvfrom_into(buffer, -1), UsageErrc::negative_size);
  REQUIRE_ERROR(s.recvmsg_into({buffer}, -1), UsageErrc::negative_size);
}

CONFORMANCE("usage/more_than_the_buffer_holds",
            Rows({"method/recv_into", "method/recvfrom_into", "exception/ValueError"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  std::array<char, 4> buffer;
  const Error error = REQUIRE_ERROR(s.recv_into(buffer, 5), UsageErrc::size_exceeds_buffer);
  REQUIRE_EQ(error.detail(), 4);
  REQUIRE_ERROR(s.recvfrom_into(buffer, 5), UsageErrc::size_exceeds_buffer);
}

CONFORMANCE("usage/null_buffers", Rows({"method/send", "method/recv_into", "method/sendmsg"}),
            Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  const ConstBuffer nothing(nullptr, 5);
  REQUIRE_ERROR(s.send(nothing), UsageErrc::null_buffer);
  REQUIRE_ERROR(s.sendall(nothing), UsageErrc::null_buffer);
  REQUIRE_ERROR(s.sendmsg({"x", nothing}), UsageErrc::null_buffer);
  REQUIRE_ERROR(s.sendto(nothing, InetAddress{"127.0.0.1", 9}), UsageErrc::null_buffer);
  REQUIRE_ERROR(s.recv_into(MutableBuffer(nullptr, 5)), UsageErrc::null_buffer);
  REQUIRE_ERROR(s.recvmsg_into({MutableBuffer(nullptr, 5)}), UsageErrc::null_buffer);
}

CONFORMANCE_OVER(message_kinds, "usage/empty_buffers",
                 Rows({"method/recv_into", "method/recvfrom_into", "method/recvmsg_into"}), Needs{}) {
  // Room for nothing still takes a message.
  Connection c = t.connected(kind);
  for (int i = 0; i < 3; ++i) REQUIRE_OK(c.client.send("message"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recvfrom_into(MutableBuffer())).nbytes, 0u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recvmsg_into(std::span<const MutableBuffer>())).nbytes, 0u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), "message");
}

CONFORMANCE_OVER(every_kind, "usage/no_address", Rows({"method/sendto", "method/bind"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.sendto("x", Address{}), UsageErrc::address_required);
  REQUIRE_ERROR(s.bind(Address{}), UsageErrc::address_required);
}

CONFORMANCE("usage/unknown_family", Rows({"function/socket", "behaviour/B52"}), Needs{}) {
  const Error error = REQUIRE_ERROR(socket(AddressFamily(9999), sock_stream, {}, t.backend()), Errc::eafnosupport);
  REQUIRE_EQ(error.message(), "socket: Address family not supported by protocol [EAFNOSUPPORT]");
  REQUIRE_ERROR(socket(af_unspec, sock_stream, {}, t.backend()), Errc::eafnosupport);
}

CONFORMANCE("usage/unknown_type", Rows({"function/socket", "constant-group/SOCK_*"}), Needs{Feature::inet_stream}) {
  REQUIRE_ERROR(socket(af_inet, SocketKind(7), {}, t.backend()), Errc::esocktnosupport);
  REQUIRE_ERROR(socket(af_inet, sock_rdm, {}, t.backend()), Errc::esocktnosupport);
}

CONFORMANCE("usage/wrong_protocol", Rows({"function/socket", "constant-group/IPPROTO_*"}),
            Needs{Feature::inet_stream, Feature::inet_dgram}) {
  REQUIRE_ERROR(socket(af_inet, sock_stream, ipproto_udp, t.backend()), Errc::eprotonosupport);
  REQUIRE_ERROR(socket(af_inet, sock_dgram, ipproto_tcp, t.backend()), Errc::eprotonosupport);
}

CONFORMANCE("usage/wrong_protocol_unix", Rows({"function/socket"}), Needs{Feature::unix_stream}) {
  REQUIRE_ERROR(socket(af_unix, sock_stream, ipproto_tcp, t.backend()), Errc::eprotonosupport);
}

CONFORMANCE_OVER(udp_kinds, "usage/sendto_bad_arguments", Rows({"method/sendto", "exception/OverflowError"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.sendto("x", t.loopback(kind, 65536)), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(s.sendto("x", UnixAddress{"nowhere"}), UsageErrc::address_form);
  const Address bad = t.loopback(kind, -7);
  REQUIRE_ERROR(s.sendmsg({"x"}, {}, {}, &bad), UsageErrc::port_out_of_range);
}

CONFORMANCE_OVER((std::array{&udp4}), "usage/many_buffers", Rows({"method/sendmsg", "behaviour/B34"}), Needs{}) {
  Socket s = t.bound(kind);
  Socket receiver = t.bound(kind);
  const Address to = REQUIRE_OK(receiver.getsockname());
  const std::vector<ConstBuffer> most(1024, ConstBuffer("x"));
  REQUIRE_EQ(REQUIRE_OK(s.sendmsg(most, {}, {}, &to)), 1024u);
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(2048)), std::string(1024, 'x'));
  const std::vector<ConstBuffer> too_many(1025, ConstBuffer("x"));
  REQUIRE_ERROR(s.sendmsg(too_many, {}, {}, &to), Errc::emsgsize);
}

CONFORMANCE_OVER((std::array{&udp4, &unix_dgram}), "usage/unread_oob", Rows({"constant-group/MSG_*"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.client.send("x", msg_oob), Errc::eopnotsupp);
}

// ---- errors ----

CONFORMANCE("usage/error_texts", Rows({"exception/error", "exception/OSError", "exception/timeout", "behaviour/B52"}),
            Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  Error error = REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
  REQUIRE_EQ(error.message(), "getpeername: Transport endpoint is not connected [ENOTCONN]");
  REQUIRE_EQ(error.name(), "ENOTCONN");
  REQUIRE(error.domain() == ErrorDomain::system);
  REQUIRE_EQ(error.operation(), Operation::getpeername);
  REQUIRE_OK(s.close());
  error = REQUIRE_ERROR(s.listen(), Errc::ebadf);
  REQUIRE_EQ(error.message(), "listen: Bad file descriptor [EBADF]");
}

CONFORMANCE("usage/time_out_text", Rows({"exception/timeout", "exception/TimeoutError"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  REQUIRE_OK(s.settimeout(0.001));
  const Error error = REQUIRE_TIMEOUT(s.recv(1));
  REQUIRE_EQ(error.message(), "recv: timed out");
  REQUIRE_EQ(error.name(), "");
  REQUIRE(!(error == Errc::etimedout));  // the system's own is another error
}

CONFORMANCE("usage/error_status", Rows({"exception/OSError"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  const absl::Status status = REQUIRE_ERROR(s.getpeername(), Errc::enotconn).ToStatus();
  REQUIRE(!status.ok());
  REQUIRE_EQ(std::string(status.message()), "getpeername: Transport endpoint is not connected [ENOTCONN]");
  REQUIRE(status.GetPayload("everysock/error").has_value());
  REQUIRE_OK(s.settimeout(0.001));
  REQUIRE(REQUIRE_TIMEOUT(s.recv(1)).ToStatus().code() == absl::StatusCode::kDeadlineExceeded);
  REQUIRE(REQUIRE_ERROR(s.recv(-1), UsageErrc::negative_size).ToStatus().code() == absl::StatusCode::kInvalidArgument);
}

CONFORMANCE("usage/error_classes", Rows({"exception/OSError", "exception/BlockingIOError"}),
            Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  REQUIRE_OK(s.setblocking(false));
  const Error again = REQUIRE_ERROR(s.recv(1), Errc::eagain);
  REQUIRE(again.would_block());
  REQUIRE_EQ(again.name(), "EAGAIN");  // EWOULDBLOCK is the same
  REQUIRE_EQ(again.message(), "recv: Resource temporarily unavailable [EAGAIN]");
  static_assert(sizeof(Error) == 8 && std::is_trivially_copyable_v<Error>);
}

// ---- repr ----

CONFORMANCE_OVER(tcp_kinds, "usage/repr_of_a_connection", Rows({"method/__repr__"}), Needs{}) {
  Connection c = t.connected(kind);
  const std::string text = repr(c.client);
  const std::string family = kind.family == af_inet ? "AF_INET" : "AF_INET6";
  REQUIRE_EQ(text, "<Socket fd=" + std::to_string(c.client.fileno()) + ", family=" + family +
                       ", type=SOCK_STREAM, proto=0, laddr=" + to_string(REQUIRE_OK(c.client.getsockname())) +
                       ", raddr=" + to_string(REQUIRE_OK(c.client.getpeername())) + ">");
}

CONFORMANCE_OVER(every_kind, "usage/repr_of_closed", Rows({"method/__repr__"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_EQ(repr(s).find("[closed]"), std::string::npos);
  REQUIRE_EQ(repr(s).find("raddr"), std::string::npos);  // not connected
  REQUIRE_OK(s.close());
  REQUIRE_NE(repr(s).find("[closed]"), std::string::npos);
  REQUIRE_NE(repr(s).find("fd=-1"), std::string::npos);
  REQUIRE_EQ(repr(s).find("laddr"), std::string::npos);
}

CONFORMANCE_OVER(every_kind, "usage/socket_type", Rows({"function/SocketType"}), Needs{}) {
  const SocketType s = t.open(kind);
  static_assert(std::is_same_v<decltype(s.dup())::value_type, SocketType>);
  REQUIRE_EQ(s.type(), kind.type);
}

CONFORMANCE("usage/repr_of_a_named_pair", Rows({"method/__repr__", "family/AF_UNIX"}),
            Needs{Feature::unix_dgram, Feature::unix_path}) {
  Socket s = t.bound(unix_dgram);
  const std::string text = repr(s);
  REQUIRE_NE(text.find("family=AF_UNIX, type=SOCK_DGRAM, proto=0, laddr="), std::string::npos);
  REQUIRE_NE(text.find(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view()), std::string::npos);
}

}  // namespace
}  // namespace everysock::conformance
