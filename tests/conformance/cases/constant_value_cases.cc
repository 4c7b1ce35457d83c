// Constants that are values rather than names of calls' abilities: numbers, texts, types; and the flags of name
// resolution, which are refused with EAI_BADFLAGS.
#include <array>
#include <concepts>
#include <type_traits>

#include "everysock/constant_info.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

std::string dotted(std::uint32_t address) {
  const std::uint32_t network = (htonl)(address).value();
  return REQUIRE_OK(inet_ntoa(ConstBuffer(&network, sizeof(network))));
}

CONFORMANCE("constant/reserved_addresses",
            Rows({"constant-group/INADDR_*", "constant/INADDR_ANY", "constant/INADDR_BROADCAST"}),
            Needs{Feature::inet_dgram}) {
  REQUIRE_EQ(dotted(inaddr_any), "0.0.0.0");
  REQUIRE_EQ(dotted(inaddr_loopback), "127.0.0.1");
  REQUIRE_EQ(dotted(inaddr_broadcast), "255.255.255.255");
  REQUIRE_EQ(dotted(inaddr_none), "255.255.255.255");
  REQUIRE_EQ(dotted(inaddr_unspec_group), "224.0.0.0");
  REQUIRE_EQ(dotted(inaddr_allhosts_group), "224.0.0.1");
  REQUIRE_EQ(dotted(inaddr_max_local_group), "224.0.0.255");
  // "" is INADDR_ANY.
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind({"", 0}));
  REQUIRE_EQ(std::get<InetAddress>(REQUIRE_OK(s.getsockname())).host, Host(dotted(inaddr_any)));
}

CONFORMANCE_OVER((std::array{&tcp4, &tcp6, &udp4, &udp6}), "constant/ports", Rows({"constant-group/IPPORT_*"}),
                 Needs{}) {
  REQUIRE_EQ(ipport_reserved, 1024);
  REQUIRE_EQ(ipport_userreserved, 5000);
  // A port that the system chooses needs no privilege.
  Socket s = t.bound(kind);
  REQUIRE_GE(port_of(REQUIRE_OK(s.getsockname())), ipport_reserved);
}

CONFORMANCE_OVER(listener_kinds, "constant/greatest_backlog", Rows({"constant/SOMAXCONN", "method/listen"}), Needs{}) {
  REQUIRE_GE(somaxconn, 5);
  Socket listener = t.listener(kind, somaxconn);
  Connection c = t.connect_to(listener, kind);
  REQUIRE_OK(c.client.send("x"));
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "x");
}

CONFORMANCE("constant/has_ipv6", Rows({"constant/has_ipv6", "constant/AF_INET6"}), Needs{Feature::inet6_stream}) {
  static_assert(std::same_as<decltype(has_ipv6), const bool>);
  REQUIRE(has_ipv6);
  REQUIRE_EQ(REQUIRE_OK(socket(af_inet6, sock_stream, {}, t.backend())).family(), af_inet6);
}

// ---- flags of name resolution ----

CONFORMANCE("constant/address_info_flags",
            Rows({"constant-group/AI_*", "constant/AI_PASSIVE", "constant/AI_CANONNAME", "constant/AI_NUMERICHOST"}),
            Needs{Feature::getaddrinfo}) {
  for (const ConstantInfo& constant : all_constants()) {
    if (constant.kind != ConstantKind::address_info_flag) continue;
    const AddressInfoFlags flag(static_cast<std::uint32_t>(constant.value));
    const auto found = getaddrinfo("127.0.0.1", 80, af_inet, sock_stream, {}, flag, t.backend());
    if (found) {
      t.taken(constant.name);
      REQUIRE_EQ(found->size(), 1u);
    } else {
      t.refused(constant.name, REQUIRE_ERROR(found, GaiErrc::badflags));
    }
  }
}

CONFORMANCE("constant/address_info_flags_of_every_system", Rows({"constant-group/AI_*", "constant/AI_PASSIVE"}),
            Needs{Feature::getaddrinfo}) {
  for (AddressInfoFlags flag : {ai_passive, ai_canonname, ai_numerichost, ai_numericserv}) {
    REQUIRE_OK(getaddrinfo("127.0.0.1", 80, af_inet, sock_stream, {}, flag, t.backend()));
  }
  REQUIRE_ERROR(getaddrinfo("127.0.0.1", 80, af_inet, sock_stream, {}, AddressInfoFlags(0x8000), t.backend()),
                GaiErrc::badflags);
}

CONFORMANCE("constant/name_info_flags", Rows({"constant-group/NI_*", "function/getnameinfo"}),
            Needs{Feature::getnameinfo}) {
  for (const ConstantInfo& constant : all_constants()) {
    if (constant.kind != ConstantKind::name_info_flag) continue;
    // With a numeric host where no name is asked for, so that nobody is asked.
    const NameInfoFlags flag(static_cast<std::uint32_t>(constant.value));
    const NameInfoFlags flags = flag == ni_namereqd ? flag : flag | ni_numerichost;
    const auto name = getnameinfo(InetAddress{"127.0.0.1", 80}, flags, t.backend());
    if (name || name.error() == GaiErrc::noname) {
      t.taken(constant.name);
    } else {
      t.refused(constant.name, REQUIRE_ERROR(name, GaiErrc::badflags));
    }
  }
  REQUIRE_EQ(ni_maxhost, 1025);
  REQUIRE_EQ(ni_maxserv, 32);
}

CONFORMANCE("constant/gai_codes", Rows({"constant-group/EAI_*", "exception/gaierror"}), Needs{}) {
  int seen = 0;
  for (const ConstantInfo& constant : all_constants()) {
    if (constant.kind != ConstantKind::gai_code) continue;
    const Error error(Operation::getaddrinfo, static_cast<GaiErrc>(static_cast<std::int64_t>(constant.value)));
    REQUIRE_EQ(error.name(), constant.name);
    REQUIRE(error.message().ends_with(" [" + std::string(constant.name) + "]"));
    REQUIRE_LT(static_cast<std::int64_t>(constant.value), 0);
    ++seen;
  }
  REQUIRE_EQ(seen, 15);
}

// ---- types ----

template <typename T, typename... Others>
constexpr bool stands_apart = !(std::convertible_to<T, Others> || ...) && !(std::convertible_to<Others, T> || ...);

CONFORMANCE("constant/types",
            Rows({"constant-group/AddressFamily", "constant-group/SocketKind", "constant-group/MsgFlag / AddressInfo",
                  "behaviour/B45", "behaviour/B46"}),
            Needs{Feature::inet_stream, Feature::getaddrinfo}) {
  static_assert(stands_apart<AddressFamily, SocketKind, Protocol, MessageFlags, AddressInfoFlags, int>);
  static_assert(stands_apart<SocketKind, AddressFamily, Protocol, MessageFlags, AddressInfoFlags, int>);
  static_assert(stands_apart<MessageFlags, AddressFamily, SocketKind, Protocol, AddressInfoFlags, NameInfoFlags, int>);
  static_assert(stands_apart<AddressInfoFlags, NameInfoFlags, MessageFlags, AddressFamily, SocketKind, Protocol, int>);
  static_assert(std::same_as<decltype(sock_stream | sock_nonblock), SocketKind>);
  static_assert(std::same_as<decltype(msg_peek | msg_dontwait), MessageFlags>);
  static_assert((msg_peek | msg_dontwait).has(msg_peek));

  Socket s = t.open(tcp4);
  static_assert(std::same_as<decltype(s.family()), AddressFamily>);
  static_assert(std::same_as<decltype(s.type()), SocketKind>);
  const auto infos = REQUIRE_OK(getaddrinfo("127.0.0.1", 80, {}, {}, {}, {}, t.backend()));
  static_assert(std::same_as<decltype(infos.front().family), AddressFamily>);
  static_assert(std::same_as<decltype(infos.front().type), SocketKind>);
}

CONFORMANCE("constant/every_error_has_a_text", Rows({"constant-group/errorTab", "exception/OSError"}), Needs{}) {
  constexpr Errc every[] = {
#define EVERYSOCK_ERRC(enumerator, name, number, text) Errc::enumerator,
#include "everysock/errc.inc"
#undef EVERYSOCK_ERRC
  };
  for (Errc code : every) {
    REQUIRE(errc_name(code).starts_with("E"));
    REQUIRE_NE(strerror(code), "");
    const Error error(Operation::connect, code);
    REQUIRE_EQ(error.message(), "connect: " + std::string(strerror(code)) + " [" + std::string(errc_name(code)) + "]");
  }
  REQUIRE_EQ(strerror(Errc::econnrefused), "Connection refused");
  REQUIRE_EQ(strerror(Errc(29999)), "");
}

}  // namespace
}  // namespace everysock::conformance
