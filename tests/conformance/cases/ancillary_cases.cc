// Ancillary data in general: how much room it takes, what is refused, and what is left unsaid.
#include <limits>

#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

constexpr std::ptrdiff_t kLimit = std::numeric_limits<std::int32_t>::max();
constexpr std::array any_kind = {&tcp4, &tcp6, &unix_path,  &unix_pair,      &seqpacket,
                                 &udp4, &udp6, &unix_dgram, &unix_dgram_pair};

CONFORMANCE("ancillary/cmsg_len", Rows({"function/CMSG_LEN", "behaviour/B28", "exception/OverflowError"}), Needs{}) {
  const std::ptrdiff_t header = REQUIRE_OK(cmsg_len(0));
  REQUIRE_EQ(header, 16);
  for (const std::ptrdiff_t length : {1, 3, 4, 8, 1000, 65536}) {
    REQUIRE_EQ(REQUIRE_OK(cmsg_len(length)) - header, length);
  }
  REQUIRE_EQ(REQUIRE_OK(cmsg_len(kLimit - header)), kLimit);
  REQUIRE_ERROR(cmsg_len(kLimit - header + 1), UsageErrc::cmsg_length);
  REQUIRE_ERROR(cmsg_len(std::numeric_limits<std::ptrdiff_t>::max()), UsageErrc::cmsg_length);
  REQUIRE_ERROR(cmsg_len(-1), UsageErrc::cmsg_length);
  const Error error = REQUIRE_ERROR(cmsg_len(std::numeric_limits<std::ptrdiff_t>::min()), UsageErrc::cmsg_length);
  REQUIRE(error.operation() == Operation::cmsg_len);
}

CONFORMANCE("ancillary/cmsg_space", Rows({"function/CMSG_SPACE", "behaviour/B28", "exception/OverflowError"}),
            Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(cmsg_space(0)), 16);
  REQUIRE_EQ(REQUIRE_OK(cmsg_space(1)), 24);
  REQUIRE_EQ(REQUIRE_OK(cmsg_space(4)), 24);
  std::ptrdiff_t last = 0;
  for (std::ptrdiff_t length = 0; length < 100; ++length) {
    const std::ptrdiff_t space = REQUIRE_OK(cmsg_space(length));
    REQUIRE_LE(REQUIRE_OK(cmsg_len(length)), space);
    REQUIRE_LE(last, space);
    last = space;
  }
  const std::ptrdiff_t most = kLimit - REQUIRE_OK(cmsg_space(1));
  REQUIRE_LE(most, REQUIRE_OK(cmsg_space(most)));
  REQUIRE_ERROR(cmsg_space(most + 1), UsageErrc::cmsg_length);
  REQUIRE_ERROR(cmsg_space(std::numeric_limits<std::ptrdiff_t>::max()), UsageErrc::cmsg_length);
  const Error error = REQUIRE_ERROR(cmsg_space(-1), UsageErrc::cmsg_length);
  REQUIRE(error.operation() == Operation::cmsg_space);
}

CONFORMANCE_OVER(any_kind, "ancillary/room_out_of_range",
                 Rows({"method/recvmsg", "method/recvmsg_into", "exception/ValueError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(c.client.recvmsg(10, -1), UsageErrc::negative_size);
  std::array<char, 4> memory;
  REQUIRE_ERROR(c.client.recvmsg_into({memory}, std::numeric_limits<std::ptrdiff_t>::min()), UsageErrc::negative_size);
  // Where std::ptrdiff_t has 32 bits it holds no size beyond the limit.
  constexpr auto kMost = std::numeric_limits<std::ptrdiff_t>::max();
  if constexpr (kMost > kLimit) {
    REQUIRE_ERROR(c.client.recvmsg(10, kMost), UsageErrc::cmsg_length);
    REQUIRE_ERROR(c.client.recvmsg_into({memory}, kMost), UsageErrc::cmsg_length);
  }
}

CONFORMANCE_OVER(any_kind, "ancillary/room_for_nothing", Rows({"method/recvmsg", "behaviour/B36"}), Needs{}) {
  // Room that nothing came for changes nothing, however much it is.
  Connection c = t.connected(kind);
  for (const std::ptrdiff_t room : {std::ptrdiff_t{0}, std::ptrdiff_t{1}, std::ptrdiff_t{1000}, kLimit}) {
    REQUIRE_OK(c.client.send("plain"));
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(100, room));
    REQUIRE_EQ(message.data, "plain");
    REQUIRE(message.ancdata.empty());
    REQUIRE(!message.msg_flags.has(msg_ctrunc));
  }
}

CONFORMANCE_OVER(rights_kinds, "ancillary/unknown_type", Rows({"method/sendmsg"}), Needs{Feature::control_messages}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(send_with(c.client, "x", {sol_socket, ControlType(77), "data"}), Errc::einval);
  REQUIRE_ERROR(send_with(c.client, "x", {sol_socket, ControlType::native(77), "data"}), Errc::einval);
  // Items of another level mean nothing to these sockets.
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "x", {ipproto_ip, ControlType(77), "data"})), 1u);
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, 100));
  REQUIRE_EQ(message.data, "x");
  REQUIRE(message.ancdata.empty());
}

CONFORMANCE_OVER(udp_kinds, "ancillary/unknown_type_of_datagrams", Rows({"method/sendmsg"}),
                 Needs{Feature::control_messages}) {
  Connection c = t.connected(kind);
  const OptionLevel own = kind.family == af_inet ? OptionLevel(ipproto_ip) : OptionLevel(ipproto_ipv6);
  REQUIRE_ERROR(send_with(c.client, "x", {own, ControlType(777), "data"}), Errc::einval);
  REQUIRE_ERROR(send_with(c.client, "x", {own, ControlType::native(777), "data"}), Errc::einval);
  REQUIRE_ERROR(send_with(c.client, "x", {sol_socket, ControlType(777), "data"}), Errc::einval);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "x", {ipproto_tcp, ControlType(777), "data"})), 1u);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "x");
}

CONFORMANCE_OVER(any_kind, "ancillary/too_much", Rows({"method/sendmsg"}), Needs{Feature::control_messages}) {
  // Beyond what the system sets aside for it (net.core.optmem_max), though the items themselves mean nothing.
  Connection c = t.connected(kind);
  const std::string large(std::size_t{4} << 20, 'x');
  REQUIRE_ERROR(send_with(c.client, "x", {ipproto_tcp, ControlType(1), large}), Errc::enobufs);
  const std::vector<ControlMessage> many(50'000, ControlMessage{ipproto_tcp, ControlType(1), ""});
  REQUIRE_ERROR(c.client.sendmsg({"x"}, many), Errc::enobufs);
}

CONFORMANCE_OVER(any_kind, "ancillary/several_items", Rows({"method/sendmsg"}), Needs{Feature::control_messages}) {
  Connection c = t.connected(kind);
  const std::vector<ControlMessage> items(5, ControlMessage{ipproto_tcp, ControlType(1), "12345"});
  REQUIRE_EQ(REQUIRE_OK(c.client.sendmsg({"five ", "items"}, items)), 10u);
  REQUIRE_EQ(t.receive(c.server, 10), "five items");
}

CONFORMANCE("ancillary/closed_socket",
            Rows({"method/sendmsg", "method/recvmsg", "function/send_fds", "function/recv_fds"}),
            Needs{Feature::socketpair_unix}) {
  auto [a, b] = stream_pair(t);
  const ControlMessage item = rights_of({&b});
  REQUIRE_OK(a.close());
  REQUIRE_ERROR(send_with(a, "x", item), Errc::ebadf);
  REQUIRE_ERROR(a.recvmsg(10, 100), Errc::ebadf);
  REQUIRE_ERROR(send_fds(a, {"x"}, {b.fileno()}), Errc::ebadf);
  REQUIRE_ERROR(recv_fds(a, 10, 1), Errc::ebadf);
  Socket moved = std::move(b);
  REQUIRE_ERROR(send_with(b, "x", item), Errc::ebadf);  // NOLINT(bugprone-use-after-move)
  REQUIRE_ERROR(recv_fds(b, 10, 1), Errc::ebadf);
}

}  // namespace
}  // namespace everysock::conformance
