// send_fds() and recv_fds(), and the helpers of the documentation that came before them.
#include <cstring>
#include <limits>

#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(rights_kinds, "send_fds/passed", Rows({"function/send_fds", "function/recv_fds"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_EQ(REQUIRE_OK(send_fds(c.client, {"take ", "these"}, {x.fileno(), y.fileno()})), 10u);
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(c.server, 100, 2));
  REQUIRE_EQ(got.data, "take these");
  REQUIRE_EQ(got.fds.size(), 2u);
  REQUIRE(!got.msg_flags.has(msg_ctrunc));
  Socket first = REQUIRE_OK(socket_from_fileno(got.fds[0], {}, t.backend()));
  Socket second = REQUIRE_OK(socket_from_fileno(got.fds[1], {}, t.backend()));
  REQUIRE_OK(x.close());
  REQUIRE_OK(y.close());
  require_connection(t, first, second);
}

CONFORMANCE_OVER(rights_kinds, "send_fds/none", Rows({"function/send_fds", "function/recv_fds"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(send_fds(c.client, {"alone"}, {})), 5u);
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(c.server, 100, 0));
  REQUIRE_EQ(got.data, "alone");
  REQUIRE(got.fds.empty());
  REQUIRE(!got.msg_flags.has(msg_ctrunc));
}

CONFORMANCE_OVER(rights_kinds, "send_fds/more_than_asked_for", Rows({"function/recv_fds"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_fds(c.client, {"m"}, {x.fileno(), x.fileno(), x.fileno()}));
  REQUIRE_OK(x.close());
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(c.server, 100, 2));
  REQUIRE_EQ(got.fds.size(), 2u);
  REQUIRE(got.msg_flags.has(msg_ctrunc));
  for (const std::int64_t fd : got.fds) REQUIRE_OK(close(fd, t.backend()));
  require_gone(t, y);
}

CONFORMANCE_OVER(rights_kinds, "send_fds/flags", Rows({"function/send_fds", "function/recv_fds", "behaviour/B15"}),
                 Needs{Feature::pass_handles, Feature::msg_peek, Feature::msg_dontwait, Feature::inheritable}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_ERROR(recv_fds(c.server, 100, 1, msg_dontwait), Errc::eagain);
  REQUIRE_OK(send_fds(c.client, {"m"}, {x.fileno()}, msg_dontwait));
  REQUIRE(t.ready(c.server, Interest::read));
  for (const MessageFlags flags : {msg_peek, msg_cmsg_cloexec}) {
    const ReceivedFds got = REQUIRE_OK(recv_fds(c.server, 100, 1, flags));
    REQUIRE_EQ(got.data, "m");
    const Socket received = REQUIRE_OK(socket_from_fileno(got.fds.at(0), {}, t.backend()));
    REQUIRE_EQ(REQUIRE_OK(received.get_inheritable()), !flags.has(msg_cmsg_cloexec));
  }
  REQUIRE_ERROR(recv_fds(c.server, 100, 1, msg_dontwait), Errc::eagain);
  // A stream may have urgent data: AF_UNIX has since Linux 5.15.
  if (kind.type != sock_stream) REQUIRE_ERROR(send_fds(c.client, {"m"}, {x.fileno()}, msg_oob), Errc::eopnotsupp);
}

CONFORMANCE("send_fds/address", Rows({"function/send_fds", "function/recv_fds"}),
            Needs{Feature::pass_handles, Feature::unix_dgram, Feature::unix_path, Feature::socketpair_unix}) {
  Socket to = t.bound(unix_dgram);
  Socket from = t.bound(unix_dgram);
  auto [x, y] = stream_pair(t);
  const Address address = REQUIRE_OK(to.getsockname());
  REQUIRE_OK(send_fds(from, {"m"}, {x.fileno()}, {}, &address));
  REQUIRE(t.ready(to, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(to, 100, 1));
  REQUIRE_EQ(got.address, REQUIRE_OK(from.getsockname()));
  Socket received = REQUIRE_OK(socket_from_fileno(got.fds.at(0), {}, t.backend()));
  require_connection(t, received, y);
  REQUIRE_ERROR(send_fds(from, {"m"}, {x.fileno()}), Errc::enotconn);
  const Address wrong = InetAddress{"127.0.0.1", 1};
  REQUIRE_ERROR(send_fds(from, {"m"}, {x.fileno()}, {}, &wrong), UsageErrc::address_form);
}

CONFORMANCE("send_fds/usage", Rows({"function/send_fds", "function/recv_fds", "exception/OverflowError"}),
            Needs{Feature::pass_handles, Feature::unix_stream, Feature::socketpair_unix}) {
  auto [a, b] = stream_pair(t);
  const std::vector<std::int64_t> many(254, a.fileno());
  const std::array<ConstBuffer, 1> buffers = {"m"};
  const Error error = REQUIRE_ERROR(send_fds(a, buffers, many), UsageErrc::descriptor_limit);
  REQUIRE(error.operation() == Operation::send_fds);
  REQUIRE_EQ(error.detail(), 254);
  REQUIRE_ERROR(send_fds(a, {"m"}, {std::int64_t{1} << 40}), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR(send_fds(a, {"m"}, {-1}), Errc::ebadf);
  REQUIRE_ERROR(send_fds(a, {ConstBuffer(nullptr, 3)}, {a.fileno()}), UsageErrc::null_buffer);
  REQUIRE_ERROR(recv_fds(a, -1, 1), UsageErrc::negative_size);
  REQUIRE_ERROR(recv_fds(a, 1, -1), UsageErrc::descriptor_limit);
  REQUIRE_ERROR(recv_fds(a, 1, std::numeric_limits<std::int32_t>::max() / 4), UsageErrc::cmsg_length);
  REQUIRE_ERROR(recv_fds(a, 1, std::numeric_limits<std::ptrdiff_t>::max()), UsageErrc::cmsg_length);
  const Error late = REQUIRE_ERROR(recv_fds(a, 1, 1, msg_dontwait), Errc::eagain);
  REQUIRE(late.operation() == Operation::recv_fds);
  REQUIRE(!t.ready(b, Interest::read, Context::moment));
}

CONFORMANCE_OVER(inet_kinds, "send_fds/other_families", Rows({"function/send_fds"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_ERROR(send_fds(c.client, {"m"}, {c.server.fileno()}), UsageErrc::family_mismatch);
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
}

CONFORMANCE_OVER(rights_kinds, "send_fds/timeout", Rows({"function/recv_fds", "exception/timeout"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::moment));
  const Error error = REQUIRE_TIMEOUT(recv_fds(c.server, 1, 1));
  REQUIRE(error.operation() == Operation::recv_fds);
}

CONFORMANCE_OVER(rights_kinds, "send_fds/other_ancillary_data", Rows({"function/recv_fds"}),
                 Needs{Feature::pass_handles, Feature::credentials}) {
  // What else comes is ignored, and may take the room of descriptors.
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 1));
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_fds(c.client, {"m"}, {x.fileno()}));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedFds got = REQUIRE_OK(recv_fds(c.server, 10, 20));
  REQUIRE_EQ(got.fds.size(), 1u);
  REQUIRE_OK(close(got.fds[0], t.backend()));
}

// The documentation's own functions, nearly line for line.
Result<std::size_t> send_fds_helper(Socket& sock, std::string_view msg, const std::vector<std::int32_t>& fds) {
  const ControlMessage item{sol_socket, scm_rights,
                            std::string(reinterpret_cast<const char*>(fds.data()), fds.size() * sizeof(fds[0]))};
  return sock.sendmsg({msg}, {&item, 1});
}

std::pair<std::string, std::vector<std::int32_t>> recv_fds_helper(Socket& sock, int msglen, int maxfds) {
  std::vector<std::int32_t> fds;
  const auto message =
      REQUIRE_OK(sock.recvmsg(msglen, REQUIRE_OK(cmsg_len(maxfds * std::ptrdiff_t{sizeof(std::int32_t)}))));
  for (const ControlMessage& item : message.ancdata) {
    if (item.level == sol_socket && item.type == scm_rights) {
      // Truncated integers at the end are left out.
      const std::size_t count = item.data.size() / sizeof(std::int32_t);
      const std::size_t before = fds.size();
      fds.resize(before + count);
      std::memcpy(fds.data() + before, item.data.data(), count * sizeof(std::int32_t));
    }
  }
  return {message.data, fds};
}

CONFORMANCE_OVER(rights_kinds, "send_fds/helpers",
                 Rows({"example/E13", "example/E14", "method/sendmsg", "method/recvmsg"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_EQ(REQUIRE_OK(send_fds_helper(
                 c.client, "hello", {static_cast<std::int32_t>(x.fileno()), static_cast<std::int32_t>(y.fileno())})),
             5u);
  REQUIRE(t.ready(c.server, Interest::read));
  const auto [msg, fds] = recv_fds_helper(c.server, 20, 10);
  REQUIRE_EQ(msg, "hello");
  REQUIRE_EQ(fds.size(), 2u);
  Socket first = REQUIRE_OK(socket_from_fileno(fds[0], {}, t.backend()));
  Socket second = REQUIRE_OK(socket_from_fileno(fds[1], {}, t.backend()));
  require_connection(t, first, second);
}

}  // namespace
}  // namespace everysock::conformance
