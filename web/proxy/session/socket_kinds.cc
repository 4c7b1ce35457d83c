#include "web/proxy/session/socket_kinds.h"

namespace everysock::proxy {

Result<void> check_kind(Operation operation, const AccessPolicy& policy, AddressFamily family, SocketKind kind,
                        Protocol protocol) {
  if (family != af_inet && family != af_inet6 && family != af_unix) {
    if (policy.family(family)) return fail(operation, Errc::eafnosupport);
    // Its kinds and protocols are for the system to judge.
    return kind.without_flags() == kind ? Result<void>() : fail(operation, Errc::einval);
  }
  if (kind == sock_raw) return fail(operation, Errc::eperm);
  if (kind != sock_stream && kind != sock_dgram && kind != sock_seqpacket) {
    return fail(operation, kind.without_flags() != kind ? Errc::einval : Errc::esocktnosupport);
  }
  // Ping sockets, SCTP and the like reach what the rules do not speak of.
  if (family != af_unix && protocol != Protocol() && protocol != ipproto_tcp && protocol != ipproto_udp) {
    return fail(operation, Errc::eprotonosupport);
  }
  return {};
}

}  // namespace everysock::proxy
