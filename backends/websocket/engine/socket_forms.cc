#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {

std::optional<Errc> check_form(AddressFamily family, SocketKind kind, Protocol protocol) noexcept {
  const bool inet = family == af_inet || family == af_inet6;
  if (family.is_native() || (!inet && family != af_unix)) return Errc::eafnosupport;
  if (kind.is_native()) return Errc::esocktnosupport;
  if (protocol.is_native()) return Errc::eprotonosupport;
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

Feature feature_of(AddressFamily family, SocketKind kind) noexcept {
  if (family == af_inet) return kind == sock_stream ? Feature::inet_stream : Feature::inet_dgram;
  if (family == af_inet6) return kind == sock_stream ? Feature::inet6_stream : Feature::inet6_dgram;
  if (kind == sock_stream) return Feature::unix_stream;
  return kind == sock_dgram ? Feature::unix_dgram : Feature::unix_seqpacket;
}

Protocol real_protocol(AddressFamily family, SocketKind kind, Protocol protocol) noexcept {
  if (family == af_unix) return Protocol();
  if (protocol != Protocol()) return protocol;
  return kind == sock_stream ? ipproto_tcp : ipproto_udp;
}

}  // namespace everysock::websocket
