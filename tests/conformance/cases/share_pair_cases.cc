// socketpair: its kinds, its names, and what it refuses.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array pair_kinds = {&unix_pair, &seqpacket_pair, &unix_dgram_pair};

CONFORMANCE_OVER(pair_kinds, "share/socketpair", Rows({"function/socketpair"}), Needs{}) {
  auto [a, b] = REQUIRE_OK(socketpair(af_unix, kind.type, {}, t.backend()));
  REQUIRE_EQ(a.family(), af_unix);
  REQUIRE_EQ(b.type(), kind.type);
  REQUIRE_EQ(a.proto(), Protocol{});
  REQUIRE_EQ(a.gettimeout(), std::nullopt);
  REQUIRE_OK(a.send("there"));
  REQUIRE_EQ(REQUIRE_OK(b.recv(10)), "there");
  REQUIRE_OK(b.send("back"));
  REQUIRE_EQ(REQUIRE_OK(a.recv(10)), "back");
}

CONFORMANCE_OVER(pair_kinds, "share/socketpair_names", Rows({"function/socketpair", "family/AF_UNIX"}), Needs{}) {
  auto [a, b] = REQUIRE_OK(socketpair(af_unix, kind.type, {}, t.backend()));
  REQUIRE(std::get<UnixAddress>(REQUIRE_OK(a.getsockname())).is_unnamed());
  REQUIRE(std::get<UnixAddress>(REQUIRE_OK(a.getpeername())).is_unnamed());
  REQUIRE(std::get<UnixAddress>(REQUIRE_OK(b.getsockname())).is_unnamed());
}

CONFORMANCE_OVER(pair_kinds, "share/socketpair_nonblocking", Rows({"function/socketpair", "constant/SOCK_NONBLOCK"}),
                 Needs{}) {
  auto [a, b] = REQUIRE_OK(socketpair(af_unix, kind.type | sock_nonblock, {}, t.backend()));
  REQUIRE_EQ(a.type(), kind.type);
  REQUIRE_ERROR(a.recv(1), Errc::eagain);
  REQUIRE_ERROR(b.recv(1), Errc::eagain);
}

CONFORMANCE("share/socketpair_by_default", Rows({"function/socketpair"}),
            Needs{Feature::unix_stream, Feature::socketpair_unix}) {
  auto [a, b] = REQUIRE_OK(socketpair(af_unix, sock_stream, {}, t.backend()));
  REQUIRE_EQ(a.family(), af_unix);
  REQUIRE_EQ(b.type(), sock_stream);
}

CONFORMANCE("share/socketpair_of_inet", Rows({"function/socketpair"}), Needs{Feature::inet_stream}) {
  // Where the family has no pairs it says so; where pairs are made of connections, they are connected.
  auto pair = socketpair(af_inet, sock_stream, {}, t.backend());
  if (!pair) {
    REQUIRE_ERROR(pair, Errc::eopnotsupp);
    return;
  }
  REQUIRE_EQ(REQUIRE_OK(pair->first.getpeername()), REQUIRE_OK(pair->second.getsockname()));
  REQUIRE_OK(pair->first.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(pair->second.recv(1)), "x");
}

CONFORMANCE("share/socketpair_of_unknown_kind", Rows({"function/socketpair"}), Needs{Feature::unix_stream}) {
  REQUIRE_ERROR(socketpair(af_unix, SocketKind(7), {}, t.backend()), Errc::esocktnosupport);
  REQUIRE_ERROR(socketpair(AddressFamily(9999), sock_stream, {}, t.backend()), Errc::eafnosupport);
  REQUIRE_ERROR(socketpair(af_unix, sock_stream, ipproto_tcp, t.backend()), Errc::eprotonosupport);
}

}  // namespace
}  // namespace everysock::conformance
