#include "web/proxy/session/option_policy.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "web/proxy/policy/family_rule.h"

namespace everysock::proxy {
namespace {

constexpr std::size_t kMaxValue = 4096;

// A list of what may be set, so that what nobody has thought about may not.
constexpr std::array kHarmless = {
    so_reuseaddr,     so_keepalive,     so_broadcast,      so_sndbuf,          so_rcvbuf,           so_linger,
    so_oobinline,     so_dontroute,     so_reuseport,      so_rcvtimeo,        so_sndtimeo,         so_passcred,
    so_timestamp,     so_timestampns,   ip_pktinfo,        ip_recvtos,         ip_recvttl,          ip_tos,
    ip_ttl,           ip_multicast_if,  ip_multicast_ttl,  ip_multicast_loop,  ip_drop_membership,  ipv6_recvhoplimit,
    ipv6_recvpktinfo, ipv6_recvtclass,  ipv6_unicast_hops, ipv6_multicast_if,  ipv6_multicast_hops, ipv6_multicast_loop,
    ipv6_leave_group, ipv6_v6only,      ipv6_tclass,       tcp_nodelay,        tcp_maxseg,          tcp_cork,
    tcp_keepidle,     tcp_keepintvl,    tcp_keepcnt,       tcp_syncnt,         tcp_defer_accept,    tcp_quickack,
    tcp_congestion,   tcp_user_timeout, tcp_fastopen,      so_exclusiveaddruse};

constexpr std::array kForbidden = {so_debug,        so_priority, so_rcvlowat,    so_sndlowat,
                                   so_bindtodevice, so_mark,     so_incoming_cpu};

template <std::size_t N>
Host group_of(std::string_view value) {
  const std::span<const std::uint8_t, N> bytes(reinterpret_cast<const std::uint8_t*>(value.data()), N);
  if constexpr (N == 4) {
    return Host::ipv4(bytes);
  } else {
    return Host::ipv6(bytes);
  }
}

std::optional<Errc> refuse_group(const Host& group, const AccessPolicy& policy, const NameGrants& grants) {
  const Address address = group.is_ipv4() ? Address(InetAddress{group, 0}) : Address(Inet6Address{group, 0});
  return policy.connect(address, grants) ? std::optional(Errc::eacces) : std::nullopt;
}

}  // namespace

std::optional<Errc> refuse_set_option(AddressFamily family, OptionLevel level, Option option, std::string_view value,
                                      const AccessPolicy& policy, const NameGrants& grants) {
  if (value.size() > kMaxValue) return Errc::einval;
  const Option asked(level, option.value());
  // An error queue does not come along.
  if (asked == so_j1939_errqueue) return Errc::enoprotoopt;
  if (needs_family_rule(family) && level != sol_socket) return std::nullopt;
  if (std::find(kHarmless.begin(), kHarmless.end(), asked) != kHarmless.end()) return std::nullopt;
  if (std::find(kForbidden.begin(), kForbidden.end(), asked) != kForbidden.end()) return Errc::eperm;
  // struct ip_mreq and ipv6_mreq begin with the group.
  if (asked == ip_add_membership)
    return value.size() < 4 ? Errc::einval : refuse_group(group_of<4>(value), policy, grants);
  if (asked == ipv6_join_group)
    return value.size() < 16 ? Errc::einval : refuse_group(group_of<16>(value), policy, grants);
  // The answer for options that do not exist.
  return Errc::enoprotoopt;
}

}  // namespace everysock::proxy
