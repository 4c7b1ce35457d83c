// Names of AF_UNIX sockets: paths, abstract names, no name at all, and names that the system gives.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array unix_path_kinds = {&unix_path, &unix_dgram, &seqpacket};

CONFORMANCE_OVER(unix_path_kinds, "name/path", Rows({"family/AF_UNIX", "method/getsockname"}), Needs{}) {
  Socket s = t.open(kind);
  const std::string path = t.fresh_path();
  REQUIRE_OK(s.bind(UnixAddress{path}));
  const auto name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(name.path.view(), path);
  REQUIRE(!name.is_abstract());
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_of_any_bytes", Rows({"family/AF_UNIX", "behaviour/B25"}), Needs{}) {
  const std::string path = t.fresh_path() + "-\xff\xfe \xe2\x82\xac\t'\"";
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(UnixAddress{path}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), path);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_of_107_bytes", Rows({"family/AF_UNIX"}), Needs{}) {
  const std::string path = t.fresh_path(107);
  Socket s = t.open(kind);
  REQUIRE_OK(s.bind(UnixAddress{path}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), path);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_too_long", Rows({"family/AF_UNIX"}), Needs{}) {
  Socket s = t.open(kind);
  const Error error = REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path(108)}), UsageErrc::path_too_long);
  REQUIRE_EQ(error.detail(), 108);
  REQUIRE_EQ(error.errc(), Errc::ok);
  REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path(109)}), UsageErrc::path_too_long);
  REQUIRE_ERROR(s.connect(UnixAddress{t.fresh_path(500)}), UsageErrc::path_too_long);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_stays_after_close", Rows({"family/AF_UNIX", "method/close"}), Needs{}) {
  Socket first = t.bound(kind);
  const Address name = REQUIRE_OK(first.getsockname());
  REQUIRE_OK(first.close());
  Socket second = t.open(kind);
  REQUIRE_ERROR(second.bind(name), Errc::eaddrinuse);
}

CONFORMANCE_OVER(unix_path_kinds, "name/path_in_a_missing_directory", Rows({"family/AF_UNIX", "method/bind"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(UnixAddress{t.fresh_path() + "/below"}), Errc::enoent);
}

CONFORMANCE_OVER(unix_path_kinds, "name/nul_in_a_path", Rows({"family/AF_UNIX"}), Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.bind(UnixAddress{std::string_view("a\0b", 3)}), UsageErrc::embedded_nul);
}

CONFORMANCE("name/path_of_a_peer", Rows({"family/AF_UNIX", "method/accept", "method/getpeername"}),
            Needs{Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  Connection c = t.connect_to(listener, unix_path);  // the client has no name
  REQUIRE(std::get<UnixAddress>(REQUIRE_OK(c.server.getpeername())).is_unnamed());
  REQUIRE_EQ(REQUIRE_OK(c.client.getpeername()), REQUIRE_OK(listener.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(c.server.getsockname()), REQUIRE_OK(listener.getsockname()));
}

CONFORMANCE("name/unnamed_peer_of_accept", Rows({"family/AF_UNIX", "method/accept"}),
            Needs{Feature::unix_stream, Feature::unix_path, Feature::listen}) {
  Socket listener = t.listener(unix_path);
  Socket client = t.open(unix_path);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  const Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE(std::get<UnixAddress>(accepted.address).is_unnamed());
}

CONFORMANCE("name/abstract", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_stream, Feature::unix_abstract}) {
  Socket s = t.open(unix_abstract);
  const Address address = t.fresh_address(unix_abstract);
  REQUIRE_OK(s.bind(address));
  const auto name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE(name.is_abstract());
  REQUIRE_EQ(Address(name), address);
}

CONFORMANCE("name/abstract_of_any_bytes", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_stream, Feature::unix_abstract, Feature::listen}) {
  // The length counts: NUL bytes within and at the end are part of the name.
  const std::string base = std::get<UnixAddress>(t.fresh_address(unix_abstract)).path.str();
  const std::string name = base + std::string("\0\xff\0", 3);
  Socket with = t.open(unix_abstract);
  REQUIRE_OK(with.bind(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(with.getsockname())).path.view(), name);
  REQUIRE_OK(with.listen());
  Socket without = t.open(unix_abstract);
  REQUIRE_OK(without.bind(UnixAddress{base}));
  Socket client = t.open(unix_abstract);
  REQUIRE_ERROR(client.connect(UnixAddress{base + std::string("\0\xff", 2)}), Errc::econnrefused);
  REQUIRE_OK(client.connect(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(client.getpeername())).path.view(), name);
}

CONFORMANCE("name/abstract_of_108_bytes", Rows({"family/AF_UNIX (Linux abstract namespace)"}),
            Needs{Feature::unix_dgram, Feature::unix_abstract}) {
  std::string name = std::get<UnixAddress>(t.fresh_address(unix_abstract)).path.str();
  name.resize(108, 'y');
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.bind(UnixAddress{name}));
  REQUIRE_EQ(std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.view(), name);
}

CONFORMANCE("name/abstract_too_long", Rows({"family/AF_UNIX (Linux abstract namespace)"}), Needs{Feature::unix_dgram}) {
  Socket s = t.open(unix_dgram);
  REQUIRE_ERROR(s.bind(UnixAddress{std::string(109, '\0')}), UsageErrc::path_too_long);
}

CONFORMANCE("name/abstract_and_path", Rows({"behaviour/B26"}),
            Needs{Feature::unix_dgram, Feature::unix_path, Feature::unix_abstract}) {
  Socket by_path = t.bound(unix_dgram);
  Socket by_name = t.open(unix_dgram);
  REQUIRE_OK(by_name.bind(t.fresh_address(unix_abstract)));
  REQUIRE_OK(by_path.sendto("to the name", REQUIRE_OK(by_name.getsockname())));
  Received received = REQUIRE_OK(by_name.recvfrom(100));
  REQUIRE_EQ(received.address, REQUIRE_OK(by_path.getsockname()));
  REQUIRE_OK(by_name.sendto("to the path", received.address));
  received = REQUIRE_OK(by_path.recvfrom(100));
  REQUIRE_EQ(received.address, REQUIRE_OK(by_name.getsockname()));
}

CONFORMANCE("name/autobind", Rows({"family/AF_UNIX (Linux autobind)"}),
            Needs{Feature::unix_stream, Feature::unix_autobind}) {
  std::array<Socket, 2> sockets = {t.open(unix_path), t.open(unix_path)};
  for (Socket& s : sockets) {
    REQUIRE_OK(s.bind(UnixAddress{}));
    const std::string name = std::get<UnixAddress>(REQUIRE_OK(s.getsockname())).path.str();
    REQUIRE_EQ(name.size(), 6u);
    REQUIRE_EQ(name[0], '\0');
    REQUIRE_EQ(name.find_first_not_of("0123456789abcdef", 1), std::string::npos);
  }
  REQUIRE_NE(REQUIRE_OK(sockets[0].getsockname()), REQUIRE_OK(sockets[1].getsockname()));
}

CONFORMANCE("name/autobind_can_be_reached", Rows({"family/AF_UNIX (Linux autobind)"}),
            Needs{Feature::unix_dgram, Feature::unix_autobind}) {
  Socket receiver = t.open(unix_dgram);
  REQUIRE_OK(receiver.bind(UnixAddress{}));
  Socket s = t.open(unix_dgram);
  REQUIRE_OK(s.sendto("found you", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "found you");
}

}  // namespace
}  // namespace everysock::conformance
