#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {
namespace {

Feature can_feature(Protocol protocol) noexcept {
  if (protocol == can_bcm) return Feature::can_bcm;
  if (protocol == can_isotp) return Feature::can_isotp;
  return protocol == can_j1939 ? Feature::can_j1939 : Feature::can_raw;
}

// Of the families that only some proxies have.
std::optional<Feature> rare_feature(AddressFamily family, Protocol protocol) noexcept {
  if (family == af_alg) return Feature::alg;
  if (family == af_bluetooth) return Feature::bluetooth;
  if (family == af_can) return can_feature(protocol);
  if (family == af_hyperv) return Feature::hyperv;
  if (family == af_netlink) return Feature::netlink;
  if (family == af_packet) return Feature::packet;
  if (family == af_qipcrtr) return Feature::qipcrtr;
  if (family == af_rds) return Feature::rds;
  if (family == af_tipc) return Feature::tipc;
  if (family == af_vsock) return Feature::vsock;
  return std::nullopt;
}

}  // namespace

bool is_common(AddressFamily family) noexcept { return family == af_inet || family == af_inet6 || family == af_unix; }

std::optional<Errc> check_form(AddressFamily family, SocketKind kind, Protocol protocol) noexcept {
  const bool inet = family == af_inet || family == af_inet6;
  if (family.is_native() || (!is_common(family) && !rare_feature(family, protocol))) return Errc::eafnosupport;
  if (kind.is_native()) return Errc::esocktnosupport;
  if (protocol.is_native()) return Errc::eprotonosupport;
  if (!is_common(family)) return std::nullopt;
  if (inet) {
    if (kind == sock_raw) return Errc::eperm;
    if (kind != sock_stream && kind != sock_dgram) return Errc::esocktnosupport;
    const Protocol own = kind == sock_stream ? ipproto_tcp : ipproto_udp;
    if (protocol != Protocol() && protocol != own) return Errc::eprotonosupport;
    return std::nullopt;
  }
  if (kind != sock_stream && kind != sock_dgram && kind != sock_seqpacket) return Errc::esocktnosupport;
  // Linux takes PF_UNIX for a protocol as well.
  if (protocol != Protocol() && protocol != Protocol(af_unix.value())) return Errc::eprotonosupport;
  return std::nullopt;
}

Feature feature_of(AddressFamily family, SocketKind kind, Protocol protocol) noexcept {
  if (const auto rare = rare_feature(family, protocol)) return *rare;
  if (family == af_inet) return kind == sock_stream ? Feature::inet_stream : Feature::inet_dgram;
  if (family == af_inet6) return kind == sock_stream ? Feature::inet6_stream : Feature::inet6_dgram;
  if (kind == sock_stream) return Feature::unix_stream;
  return kind == sock_dgram ? Feature::unix_dgram : Feature::unix_seqpacket;
}

Protocol real_protocol(AddressFamily family, SocketKind kind, Protocol protocol) noexcept {
  if (family == af_unix) return Protocol();
  if (!is_common(family)) return protocol;
  if (protocol != Protocol()) return protocol;
  return kind == sock_stream ? ipproto_tcp : ipproto_udp;
}

Result<Address> unbound_name(AddressFamily family, Protocol protocol) noexcept {
  if (family == af_unix) return UnixAddress{};
  if (family == af_inet6) return Inet6Address{"::", 0};
  if (family == af_can && protocol == can_isotp) return CanIsotpAddress{};
  if (family == af_can && protocol == can_j1939) return CanJ1939Address{};
  if (family == af_can && protocol == can_bcm) return fail(Operation::getsockname, Errc::eopnotsupp);
  if (family == af_can) return CanAddress{};
  if (family == af_netlink) return NetlinkAddress{};
  if (family == af_tipc) return TipcAddress{tipc_addr_id};
  if (family == af_vsock) return VsockAddress{};
  if (family == af_qipcrtr) return QipcrtrAddress{};
  if (family == af_bluetooth && protocol == btproto_l2cap) return L2capAddress{};
  if (family == af_bluetooth && protocol == btproto_rfcomm) return RfcommAddress{};
  if (family == af_bluetooth && protocol == btproto_sco) return ScoAddress{};
  if (family == af_bluetooth) return fail(Operation::getsockname, Errc::ebadfd);
  if (family == af_packet) return PacketAddress{"", static_cast<std::int32_t>(protocol.value())};
  return InetAddress{"0.0.0.0", 0};
}

}  // namespace everysock::websocket
