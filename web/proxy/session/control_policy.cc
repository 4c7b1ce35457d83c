#include "web/proxy/session/control_policy.h"

#include <algorithm>
#include <array>

namespace everysock::proxy {
namespace {

constexpr Operation kOperation = Operation::send;

struct Known {
  OptionLevel level;
  ControlType type;
};

constexpr std::array kHarmless = {
    Known{ipproto_ip, ip_ttl},
    Known{ipproto_ip, ip_tos},
    Known{ipproto_ipv6, ipv6_hoplimit},
    Known{ipproto_ipv6, ipv6_tclass},
};

constexpr std::array kForbidden = {
    Known{ipproto_ipv6, ipv6_nexthop},      Known{ipproto_ipv6, ipv6_hopopts}, Known{ipproto_ipv6, ipv6_dstopts},
    Known{ipproto_ipv6, ipv6_rthdrdstopts}, Known{ipproto_ipv6, ipv6_rthdr},
};

template <std::size_t N>
bool contains(const std::array<Known, N>& list, const ControlMessage& item) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Known& known) { return known.level == item.level && known.type == item.type; });
}

Result<ControlVerdict> judge_credentials(const ControlMessage& item, const ControlContext& context) {
  const auto claimed = Credentials::from(item);
  if (!claimed || item.data.size() != Credentials{}.message().data.size()) return fail(kOperation, Errc::einval);
  if (!context.own || !(*claimed == *context.own)) return fail(kOperation, Errc::eperm);
  return ControlVerdict::send;
}

// A source address is as good as one that the socket is bound to. What is malformed the system refuses.
Result<ControlVerdict> judge_source(const Host& source, const ControlContext& context, const AccessPolicy& policy) {
  const bool any = source == (source.is_ipv4() ? Host("0.0.0.0") : Host("::"));
  if (any) return ControlVerdict::send;
  const Address address =
      source.is_ipv4() ? Address(InetAddress{source, context.port}) : Address(Inet6Address{source, context.port});
  if (policy.bind(address, false)) return fail(kOperation, Errc::eacces);
  return ControlVerdict::send;
}

}  // namespace

Result<ControlVerdict> judge_control(const ControlMessage& item, const ControlContext& context,
                                     const AccessPolicy& policy) {
  if (context.family == af_unix) {
    if (item.level != sol_socket) return ControlVerdict::ignore;
    if (item.type == scm_credentials) return judge_credentials(item, context);
    if (item.type == scm_creds || item.type == scm_creds2) return fail(kOperation, Errc::enoprotoopt);
    return fail(kOperation, Errc::einval);
  }
  if (item.level == sol_socket) {
    if (item.type == scm_rights || item.type == scm_credentials) return ControlVerdict::ignore;
    return fail(kOperation, Errc::einval);
  }
  if (contains(kHarmless, item)) return ControlVerdict::send;
  if (contains(kForbidden, item)) return fail(kOperation, Errc::eopnotsupp);
  if (const auto info = Ipv4PacketInfo::from(item)) return judge_source(info->local, context, policy);
  if (const auto info = Ipv6PacketInfo::from(item)) return judge_source(info->address, context, policy);
  if (item.level == ipproto_ip || item.level == ipproto_ipv6 || item.level == ipproto_udp) {
    return fail(kOperation, Errc::einval);
  }
  return ControlVerdict::ignore;
}

}  // namespace everysock::proxy
