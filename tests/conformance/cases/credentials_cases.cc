// Who is at the other end: SO_PEERCRED, SO_PASSCRED and SCM_CREDENTIALS.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

constexpr std::array connection_kinds = {&unix_path, &unix_abstract, &unix_pair, &seqpacket, &seqpacket_pair};

// What the system takes this program for.
Credentials own_credentials(Context& t) {
  auto [a, b] = stream_pair(t);
  return Credentials::from(REQUIRE_OK(a.getsockopt(sol_socket, so_peercred, 12))).value();
}

CONFORMANCE_OVER(connection_kinds, "credentials/of_the_peer", Rows({"method/getsockopt", "constant-group/SO_*"}),
                 Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  const std::string raw = REQUIRE_OK(c.client.getsockopt(sol_socket, so_peercred, 64));
  REQUIRE_EQ(raw.size(), 12u);
  const auto seen = Credentials::from(raw);
  REQUIRE(seen.has_value());
  REQUIRE_LT(0, seen->pid);
  // Both ends are this program's.
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, so_peercred, 12)), raw);
  REQUIRE(*seen == own_credentials(t));
}

CONFORMANCE_OVER(rights_kinds, "credentials/pass_option", Rows({"constant/SO_PASSCRED", "method/setsockopt"}),
                 Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, so_passcred)), 0);
  for (const int value : {1, 0}) {
    REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, value));
    REQUIRE_EQ(REQUIRE_OK(c.server.getsockopt(sol_socket, so_passcred)), value);
  }
}

CONFORMANCE_OVER(rights_kinds, "credentials/come_with_messages",
                 Rows({"constant/SO_PASSCRED", "constant-group/SCM_*", "method/recvmsg"}),
                 Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  const Credentials own = own_credentials(t);
  REQUIRE_OK(c.client.send("before"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE(REQUIRE_OK(c.server.recvmsg(6, 100)).ancdata.empty());
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 1));
  for (int i = 0; i < 2; ++i) {
    REQUIRE_OK(c.client.send("signed"));
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(6, room_for(12)));
    REQUIRE_EQ(message.data, "signed");
    REQUIRE_EQ(message.ancdata.size(), 1u);
    REQUIRE(find_control<Credentials>(message.ancdata) == own);
    REQUIRE(!message.msg_flags.has(msg_ctrunc));
  }
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 0));
  REQUIRE_OK(c.client.send("after"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE(REQUIRE_OK(c.server.recvmsg(6, 100)).ancdata.empty());
}

CONFORMANCE_OVER(rights_kinds, "credentials/sent", Rows({"constant-group/SCM_*", "method/sendmsg"}),
                 Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  const ControlMessage own = own_credentials(t).message();
  // They come only where they were asked for.
  REQUIRE_OK(send_with(c.client, "m", own));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE(REQUIRE_OK(c.server.recvmsg(1, 100)).ancdata.empty());
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 1));
  REQUIRE_OK(send_with(c.client, "n", own));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(1, 100));
  REQUIRE_EQ(message.ancdata.size(), 1u);
  REQUIRE(message.ancdata[0] == own);
}

CONFORMANCE_OVER(rights_kinds, "credentials/malformed", Rows({"method/sendmsg"}), Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  const std::string own = own_credentials(t).message().data;
  REQUIRE_ERROR(send_with(c.client, "m", {sol_socket, scm_credentials, own.substr(0, 11)}), Errc::einval);
  REQUIRE_ERROR(send_with(c.client, "m", {sol_socket, scm_credentials, own + "x"}), Errc::einval);
  REQUIRE_ERROR(send_with(c.client, "m", {sol_socket, scm_credentials, ""}), Errc::einval);
}

CONFORMANCE_OVER((std::array{&unix_pair, &unix_dgram_pair}), "credentials/of_other_systems",
                 Rows({"constant/SCM_CREDS2", "constant-group/SCM_*"}), Needs{Feature::control_messages}) {
  // Where they are, they are received only.
  Connection c = t.connected(kind);
  for (const ControlType type : {scm_creds, scm_creds2}) {
    const Error error =
        REQUIRE_ERROR(send_with(c.client, "m", {sol_socket, type, std::string(84, '\0')}), Errc::enoprotoopt);
    REQUIRE(error.message().find(type == scm_creds ? "SCM_CREDS" : "SCM_CREDS2") != std::string::npos);
  }
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
}

CONFORMANCE_OVER(rights_kinds, "credentials/cut", Rows({"method/recvmsg", "behaviour/B29", "behaviour/B30"}),
                 Needs{Feature::credentials}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 1));
  const std::string whole = own_credentials(t).message().data;
  for (const std::ptrdiff_t room : {0, 1, 15, 16, 17, 20, 27, 28, 32}) {
    REQUIRE_OK(c.client.send("m"));
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(1, room));
    const std::size_t left = room <= 16 ? 0 : std::min<std::size_t>(12, static_cast<std::size_t>(room) - 16);
    REQUIRE_EQ(message.msg_flags.has(msg_ctrunc), left < 12);
    REQUIRE_EQ(message.ancdata.size(), left == 0 ? 0u : 1u);
    if (left > 0) REQUIRE_EQ(message.ancdata[0].data, whole.substr(0, left));
    REQUIRE_EQ(find_control<Credentials>(message.ancdata).has_value(), left == 12);
  }
}

CONFORMANCE_OVER(rights_kinds, "credentials/beside_descriptors", Rows({"method/recvmsg", "behaviour/B28"}),
                 Needs{Feature::credentials, Feature::pass_handles}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setsockopt(sol_socket, so_passcred, 1));
  auto [x, y] = stream_pair(t);
  const Credentials own = own_credentials(t);
  const std::array items = {rights_of({&x}), own.message()};
  REQUIRE_OK(c.client.sendmsg({"m"}, items));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(1, room_for(4) + room_for(12)));
  REQUIRE_EQ(message.ancdata.size(), 2u);
  REQUIRE(find_control<Credentials>(message.ancdata) == own);
  std::vector<Socket> got = sockets_in(t, message.ancdata);
  require_connection(t, got.at(0), y);
  REQUIRE(!message.msg_flags.has(msg_ctrunc));
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4}), "credentials/internet_sockets",
                 Rows({"constant/SO_PASSCRED", "method/getsockopt"}), Needs{Feature::credentials}) {
  // There they mean nothing: nobody's.
  Connection c = t.connected(kind);
  const auto nobody = Credentials::from(REQUIRE_OK(c.client.getsockopt(sol_socket, so_peercred, 12)));
  REQUIRE(nobody == (Credentials{0, 0xffffffff, 0xffffffff}));
  // Linux refuses the option since 6.16, and took it for nothing before.
  const auto set = c.client.setsockopt(sol_socket, so_passcred, 1);
  if (!set) REQUIRE_ERROR(set, Errc::eopnotsupp);
}

}  // namespace
}  // namespace everysock::conformance
