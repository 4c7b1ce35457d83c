// getaddrinfo: every form that a question and an answer take. No case asks a name server.
#include <algorithm>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

using Infos = std::vector<AddressInfo>;

Result<Infos> ask(Context& t, std::optional<std::string_view> host, const Service& port,
                  AddressFamily family = af_unspec, SocketKind type = {}, Protocol proto = {},
                  AddressInfoFlags flags = {}) {
  return getaddrinfo(host, port, family, type, proto, flags, t.backend());
}

bool contains(const Infos& infos, AddressFamily family, SocketKind type, Protocol proto, const Address& address) {
  return std::ranges::find(infos, AddressInfo{family, type, proto, "", address}) != infos.end();
}

CONFORMANCE("resolve/numeric_ipv4", Rows({"function/getaddrinfo", "family/AF_INET"}), Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", 80));
  for (const AddressInfo& info : infos) {
    REQUIRE_EQ(info.family, af_inet);
    REQUIRE_EQ(info.canonname, "");
    REQUIRE_EQ(info.address, Address(InetAddress{"127.0.0.1", 80}));
  }
  // An open type gives each of them.
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  REQUIRE(contains(infos, af_inet, sock_dgram, ipproto_udp, InetAddress{"127.0.0.1", 80}));
}

CONFORMANCE("resolve/numeric_ipv6", Rows({"function/getaddrinfo", "family/AF_INET6"}), Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "::1", 80, af_unspec, sock_stream));
  REQUIRE_EQ(infos.size(), 1u);
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::1", 80, 0, 0}));
}

CONFORMANCE("resolve/by_type", Rows({"function/getaddrinfo", "behaviour/B49"}), Needs{Feature::getaddrinfo}) {
  const Infos streams = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, sock_stream));
  REQUIRE_EQ(streams.size(), 1u);
  REQUIRE(contains(streams, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  const Infos datagrams = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, sock_dgram));
  REQUIRE_EQ(datagrams.size(), 1u);
  REQUIRE(contains(datagrams, af_inet, sock_dgram, ipproto_udp, InetAddress{"127.0.0.1", 80}));
}

CONFORMANCE("resolve/by_protocol", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  const Infos tcp = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, {}, ipproto_tcp));
  REQUIRE_EQ(tcp.size(), 1u);
  REQUIRE(contains(tcp, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  const Infos udp = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, {}, ipproto_udp));
  REQUIRE_EQ(udp.size(), 1u);
  REQUIRE_EQ(udp[0].type, sock_dgram);
}

CONFORMANCE("resolve/type_and_protocol_disagree", Rows({"exception/gaierror"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, "127.0.0.1", 80, af_unspec, sock_stream, ipproto_udp), GaiErrc::socktype);
}

CONFORMANCE("resolve/unknown_type", Rows({"exception/gaierror", "constant-group/EAI_*"}), Needs{Feature::getaddrinfo}) {
  const Error error = REQUIRE_ERROR(ask(t, "127.0.0.1", 80, af_unspec, SocketKind(7)), GaiErrc::socktype);
  REQUIRE_EQ(error.name(), "EAI_SOCKTYPE");
}

CONFORMANCE("resolve/unknown_family", Rows({"exception/gaierror", "constant-group/EAI_*"}),
            Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, "127.0.0.1", 80, AddressFamily(9999)), GaiErrc::family);
  REQUIRE_ERROR(ask(t, "127.0.0.1", 80, af_unix), GaiErrc::family);
}

CONFORMANCE("resolve/numeric_host_of_another_family", Rows({"exception/gaierror", "constant-group/EAI_*"}),
            Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, "127.0.0.1", 80, af_inet6), GaiErrc::addrfamily);
  REQUIRE_ERROR(ask(t, "::1", 80, af_inet), GaiErrc::addrfamily);
}

CONFORMANCE("resolve/loopback", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  // No host: this one.
  const Infos infos = REQUIRE_OK(ask(t, std::nullopt, 80, af_unspec, sock_stream));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::1", 80, 0, 0}));
  REQUIRE_EQ(infos.size(), 2u);
}

CONFORMANCE("resolve/both_versions_by_protocol", Rows({"function/getaddrinfo", "example/E11"}),
            Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, std::nullopt, 80, af_unspec, {}, ipproto_tcp));
  REQUIRE_EQ(infos.size(), 2u);
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::1", 80, 0, 0}));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
}

CONFORMANCE("resolve/passive", Rows({"function/getaddrinfo", "constant-group/AI_*", "example/E03"}),
            Needs{Feature::getaddrinfo}) {
  // No host, for a server: all of this one's addresses.
  const Infos infos = REQUIRE_OK(ask(t, std::nullopt, 50007, af_unspec, sock_stream, {}, ai_passive));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"0.0.0.0", 50007}));
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::", 50007, 0, 0}));
  REQUIRE_EQ(infos.size(), 2u);
  const Infos with_host = REQUIRE_OK(ask(t, "127.0.0.1", 50007, af_unspec, sock_stream, {}, ai_passive));
  REQUIRE(contains(with_host, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 50007}));
}

CONFORMANCE("resolve/no_port", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", std::nullopt, af_unspec, sock_stream));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 0}));
}

CONFORMANCE("resolve/port_as_text", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", "8080", af_unspec, sock_stream));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 8080}));
}

CONFORMANCE("resolve/service", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo, Feature::services}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", "http", af_unspec, sock_stream));
  REQUIRE_EQ(infos.size(), 1u);
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
}

CONFORMANCE("resolve/service_of_another_protocol", Rows({"exception/gaierror"}),
            Needs{Feature::getaddrinfo, Feature::services}) {
  REQUIRE_ERROR(ask(t, "127.0.0.1", "http", af_unspec, sock_dgram), GaiErrc::service);
}

CONFORMANCE("resolve/unknown_service", Rows({"exception/gaierror", "constant-group/EAI_*"}),
            Needs{Feature::getaddrinfo}) {
  const Error error = REQUIRE_ERROR(ask(t, "127.0.0.1", "no-such-service"), GaiErrc::service);
  REQUIRE_EQ(error.name(), "EAI_SERVICE");
  REQUIRE_ERROR(ask(t, "127.0.0.1", "80x", af_unspec, sock_stream), GaiErrc::service);
  REQUIRE_ERROR(ask(t, "127.0.0.1", -1, af_unspec, sock_stream), GaiErrc::service);
}

CONFORMANCE("resolve/numeric_service_only", Rows({"constant-group/AI_*"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, "127.0.0.1", "http", af_unspec, sock_stream, {}, ai_numericserv), GaiErrc::noname);
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", "80", af_unspec, sock_stream, {}, ai_numericserv));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
}

CONFORMANCE("resolve/numeric_host_only", Rows({"constant-group/AI_*"}), Needs{Feature::getaddrinfo}) {
  const Error error =
      REQUIRE_ERROR(ask(t, "localhost", 80, af_unspec, sock_stream, {}, ai_numerichost), GaiErrc::noname);
  REQUIRE_EQ(error.message(), "getaddrinfo: Name or service not known [EAI_NONAME]");
  REQUIRE(error.domain() == ErrorDomain::gai);
  REQUIRE_ERROR(ask(t, "256.1.1.1", 80, af_unspec, sock_stream, {}, ai_numerichost), GaiErrc::noname);
  const Infos infos = REQUIRE_OK(ask(t, "::1", 80, af_unspec, sock_stream, {}, ai_numerichost | ai_numericserv));
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::1", 80}));
}

CONFORMANCE("resolve/neither_host_nor_port", Rows({"exception/gaierror"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, std::nullopt, std::nullopt), GaiErrc::noname);
}

CONFORMANCE("resolve/bad_flags", Rows({"exception/gaierror", "constant-group/EAI_*"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, std::nullopt, 80, af_unspec, sock_stream, {}, ai_canonname), GaiErrc::badflags);
}

CONFORMANCE("resolve/localhost", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo, &probe::localhost}) {
  const Infos infos = REQUIRE_OK(ask(t, "localhost", 80, af_inet, sock_stream));
  REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  REQUIRE_EQ(infos[0].canonname, "");
}

CONFORMANCE("resolve/canonical_name", Rows({"function/getaddrinfo", "constant-group/AI_*"}),
            Needs{Feature::getaddrinfo, &probe::localhost}) {
  const Infos numeric = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, sock_stream, {}, ai_canonname));
  REQUIRE_EQ(numeric[0].canonname, "127.0.0.1");
  const Infos named = REQUIRE_OK(ask(t, "localhost", 80, af_inet, sock_stream, {}, ai_canonname));
  REQUIRE_EQ(named[0].canonname, "localhost");
}

CONFORMANCE("resolve/v4mapped", Rows({"constant-group/AI_*", "function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_inet6, sock_stream, {}, ai_v4mapped));
  REQUIRE_EQ(infos.size(), 1u);
  REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"::ffff:127.0.0.1", 80}));
}

CONFORMANCE("resolve/classic_forms", Rows({"function/getaddrinfo", "family/AF_INET"}), Needs{Feature::getaddrinfo}) {
  for (const char* host : {"127.1", "0x7f.1", "2130706433"}) {
    const Infos infos = REQUIRE_OK(ask(t, host, 80, af_unspec, sock_stream));
    REQUIRE(contains(infos, af_inet, sock_stream, ipproto_tcp, InetAddress{"127.0.0.1", 80}));
  }
}

CONFORMANCE("resolve/ipv6_forms", Rows({"function/getaddrinfo", "family/AF_INET6"}), Needs{Feature::getaddrinfo}) {
  const Infos mapped = REQUIRE_OK(ask(t, "::ffff:1.2.3.4", 80, af_unspec, sock_stream));
  REQUIRE_EQ(to_string(mapped.at(0).address), "[::ffff:1.2.3.4]:80");
  const Infos upper = REQUIRE_OK(ask(t, "2001:DB8:0::ABCD", 80, af_unspec, sock_stream));
  REQUIRE_EQ(to_string(upper.at(0).address), "[2001:db8::abcd]:80");
}

CONFORMANCE("resolve/scope", Rows({"behaviour/B22", "function/getaddrinfo"}),
            Needs{Feature::getaddrinfo, Feature::scope_id, Feature::interfaces}) {
  const InterfaceName first = REQUIRE_OK(if_nameindex(t.backend())).at(0);
  for (const std::string& zone : {first.name, std::to_string(first.index)}) {
    const Infos infos = REQUIRE_OK(ask(t, "fe80::1%" + zone, 80, af_unspec, sock_stream));
    REQUIRE_EQ(infos.size(), 1u);
    REQUIRE(contains(infos, af_inet6, sock_stream, ipproto_tcp, Inet6Address{"fe80::1", 80, 0, first.index}));
  }
}

CONFORMANCE("resolve/scope_of_no_interface", Rows({"behaviour/B22", "exception/gaierror"}),
            Needs{Feature::getaddrinfo, Feature::scope_id}) {
  REQUIRE_ERROR(ask(t, "fe80::1%nosuchif", 80, af_unspec, sock_stream), GaiErrc::noname);
}

CONFORMANCE("resolve/empty_host", Rows({"exception/gaierror"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, "", 80, af_unspec, sock_stream), GaiErrc::noname);
}

CONFORMANCE("resolve/impossible_host", Rows({"exception/gaierror"}), Needs{Feature::getaddrinfo}) {
  const Result<Infos> infos = ask(t, "no such host", 80, af_unspec, sock_stream);
  REQUIRE(!infos);
  REQUIRE(infos.error().domain() == ErrorDomain::gai);
  REQUIRE_EQ(infos.error().errc(), Errc::ok);
}

CONFORMANCE("resolve/nul_in_names", Rows({"function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  REQUIRE_ERROR(ask(t, std::string_view("local\0host", 10), 80), UsageErrc::embedded_nul);
  REQUIRE_ERROR(ask(t, "127.0.0.1", std::string_view("8\0000", 3)), UsageErrc::embedded_nul);
}

CONFORMANCE("resolve/type_flags_ignored", Rows({"function/getaddrinfo", "behaviour/B16"}),
            Needs{Feature::getaddrinfo}) {
  const Infos infos = REQUIRE_OK(ask(t, "127.0.0.1", 80, af_unspec, sock_stream | sock_nonblock));
  REQUIRE_EQ(infos.at(0).type, sock_stream);
}

CONFORMANCE("resolve/usable", Rows({"function/getaddrinfo", "example/E04"}),
            Needs{Feature::getaddrinfo, Feature::inet_stream, Feature::listen}) {
  Socket listener = t.listener(tcp4);
  const Infos infos =
      REQUIRE_OK(ask(t, "127.0.0.1", port_of(REQUIRE_OK(listener.getsockname())), af_unspec, sock_stream));
  Socket client = REQUIRE_OK(socket(infos[0].family, infos[0].type, infos[0].proto, t.backend()));
  REQUIRE_OK(client.connect(infos[0].address));
  REQUIRE_OK(listener.accept());
}

}  // namespace
}  // namespace everysock::conformance
