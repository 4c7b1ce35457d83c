// What a backend says of itself in advance, and what the calls say; protocols by their numbers; what is not there.
#include <array>
#include <concepts>

#include "framework/case.h"
#include "framework/outcome.h"

namespace everysock::conformance {
namespace {

struct Form {
  Feature feature;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol = {};
};

constexpr std::array kForms = {
    Form{Feature::inet_stream, af_inet, sock_stream},
    Form{Feature::inet_dgram, af_inet, sock_dgram},
    Form{Feature::inet6_stream, af_inet6, sock_stream},
    Form{Feature::inet6_dgram, af_inet6, sock_dgram},
    Form{Feature::unix_stream, af_unix, sock_stream},
    Form{Feature::unix_dgram, af_unix, sock_dgram},
    Form{Feature::unix_seqpacket, af_unix, sock_seqpacket},
    Form{Feature::udplite, af_inet, sock_dgram, ipproto_udplite},
    Form{Feature::mptcp, af_inet, sock_stream, ipproto_mptcp},
    Form{Feature::sctp, af_inet, sock_stream, ipproto_sctp},
    Form{Feature::packet, af_packet, sock_raw},
    Form{Feature::netlink, af_netlink, sock_raw},
    Form{Feature::vsock, af_vsock, sock_stream},
    Form{Feature::can_raw, af_can, sock_raw, can_raw},
    Form{Feature::can_bcm, af_can, sock_dgram, can_bcm},
    Form{Feature::can_isotp, af_can, sock_dgram, can_isotp},
    Form{Feature::can_j1939, af_can, sock_dgram, can_j1939},
    Form{Feature::tipc, af_tipc, sock_rdm},
    Form{Feature::alg, af_alg, sock_seqpacket},
    Form{Feature::bluetooth, af_bluetooth, sock_raw, btproto_hci},
    Form{Feature::qipcrtr, af_qipcrtr, sock_dgram},
    Form{Feature::rds, af_rds, sock_seqpacket},
    Form{Feature::hyperv, af_hyperv, sock_stream, hv_protocol_raw},
};

CONFORMANCE("availability/sockets", Rows({"behaviour/B56", "function/socket", "constant-group/AF_*"}), Needs{}) {
  for (const Form& form : kForms) {
    const Support support = t.backend().supports(form.feature);
    const Result<Socket> s = socket(form.family, form.kind, form.protocol, t.backend());
    const std::string name(feature_name(form.feature));
    // What is claimed may still be missing on the host at hand, or be forbidden there.
    if (support.claimed()) {
      if (!s && s.error() != Errc::eperm && s.error() != Errc::eacces && !is_refusal(s.error())) {
        fail_case(EVERYSOCK_HERE, name + ": " + s.error().message(), s.error());
      }
      if (!s && is_refusal(s.error()) && s.error().constant().empty()) {
        fail_case(EVERYSOCK_HERE, name + " is refused, but not by name: " + s.error().message(), s.error());
      }
      continue;
    }
    if (support.reason.empty()) fail_case(EVERYSOCK_HERE, name + " is not supported for no stated reason");
    if (s) fail_case(EVERYSOCK_HERE, name + " is not supported, yet a socket was made");
    if (!is_refusal(s.error()) || s.error().constant().empty()) {
      fail_case(EVERYSOCK_HERE, name + " is not refused as documented, by name: " + s.error().message(), s.error());
    }
  }
}

CONFORMANCE("availability/every_claim_has_a_reason", Rows({"behaviour/B56"}), Needs{}) {
  constexpr Feature every[] = {
#define EVERYSOCK_FEATURE(enumerator, text) Feature::enumerator,
#include "everysock/feature.inc"
#undef EVERYSOCK_FEATURE
  };
  for (Feature feature : every) {
    const Support support = t.backend().supports(feature);
    if (!support.claimed() && support.reason.empty()) {
      fail_case(EVERYSOCK_HERE, std::string(feature_name(feature)) + " is not supported for no stated reason");
    }
    REQUIRE(!feature_text(feature).empty());
  }
}

// ---- protocols ----

CONFORMANCE("availability/tcp_by_its_number", Rows({"protocol/IPPROTO_TCP", "constant/IPPROTO_TCP"}),
            Needs{Feature::inet_stream, Feature::listen, Feature::getaddrinfo}) {
  REQUIRE_EQ(ipproto_tcp.value(), 6);
  const auto infos = REQUIRE_OK(getaddrinfo("127.0.0.1", 0, af_unspec, {}, ipproto_tcp, {}, t.backend()));
  REQUIRE_EQ(infos.size(), 1u);
  REQUIRE_EQ(infos[0].type, sock_stream);
  REQUIRE_EQ(infos[0].proto, ipproto_tcp);

  Socket listener = REQUIRE_OK(socket(af_inet, infos[0].type, infos[0].proto, t.backend()));
  REQUIRE_EQ(listener.proto(), ipproto_tcp);
  REQUIRE_OK(listener.bind(infos[0].address));
  REQUIRE_OK(listener.listen());
  Connection c = t.connect_to(listener, tcp4);
  REQUIRE_EQ(c.server.proto(), ipproto_tcp);
  REQUIRE_OK(c.client.sendall("over TCP"));
  REQUIRE_EQ(t.receive(c.server, 8), "over TCP");
  REQUIRE_ERROR(socket(af_inet, sock_dgram, ipproto_tcp, t.backend()), Errc::eprotonosupport);
}

CONFORMANCE("availability/udp_by_its_number", Rows({"protocol/IPPROTO_UDP", "constant/IPPROTO_UDP"}),
            Needs{Feature::inet_dgram, Feature::getaddrinfo}) {
  REQUIRE_EQ(ipproto_udp.value(), 17);
  const auto infos = REQUIRE_OK(getaddrinfo("127.0.0.1", 0, af_unspec, {}, ipproto_udp, {}, t.backend()));
  REQUIRE_EQ(infos.size(), 1u);
  REQUIRE_EQ(infos[0].type, sock_dgram);
  REQUIRE_EQ(infos[0].proto, ipproto_udp);

  Socket receiver = REQUIRE_OK(socket(af_inet, infos[0].type, infos[0].proto, t.backend()));
  REQUIRE_EQ(receiver.proto(), ipproto_udp);
  REQUIRE_OK(receiver.bind(infos[0].address));
  REQUIRE_OK(receiver.settimeout(Context::patience));
  Socket sender = t.open(udp4);
  REQUIRE_OK(sender.sendto("over UDP", REQUIRE_OK(receiver.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(100)), "over UDP");
  REQUIRE_ERROR(socket(af_inet, sock_stream, ipproto_udp, t.backend()), Errc::eprotonosupport);
}

// ---- what is not there ----

template <typename S>
concept ReadsAndWrites = requires(S s, ConstBuffer out) {
  s.read(1);
}
|| requires(S s, ConstBuffer out) { s.write(out); };

CONFORMANCE("availability/no_read_and_write", Rows({"method/read / write (absent)"}), Needs{Feature::inet_stream}) {
  static_assert(!ReadsAndWrites<Socket>);
  // recv and send without flags take their place.
  Connection c = t.connected(tcp4);
  REQUIRE_EQ(REQUIRE_OK(c.client.send("as write")), 8u);
  REQUIRE_EQ(t.receive(c.server, 8), "as write");
}

}  // namespace
}  // namespace everysock::conformance
