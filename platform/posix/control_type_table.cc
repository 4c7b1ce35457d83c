#include "platform/posix/control_type_table.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "platform/posix/constant_tables.h"

namespace everysock::platform {
namespace {

struct Row {
  OptionLevel level;
  ControlType portable;
  int native;
};

// Beyond sol_socket types are options of their level; listed are those that systems number differently.
constexpr Row kRows[] = {
#ifdef SCM_RIGHTS
    {sol_socket, scm_rights, SCM_RIGHTS},
#endif
#ifdef SCM_CREDENTIALS
    {sol_socket, scm_credentials, SCM_CREDENTIALS},
#endif
#ifdef SCM_CREDS
    {sol_socket, scm_creds, SCM_CREDS},
#endif
#ifdef SCM_CREDS2
    {sol_socket, scm_creds2, SCM_CREDS2},
#endif
#ifdef SCM_TIMESTAMP
    {sol_socket, scm_timestamp, SCM_TIMESTAMP},
#endif
#ifdef SCM_TIMESTAMPNS
    {sol_socket, scm_timestampns, SCM_TIMESTAMPNS},
#endif
#ifdef IP_PKTINFO
    {ipproto_ip, ip_pktinfo, IP_PKTINFO},
#endif
#ifdef IP_TTL
    {ipproto_ip, ip_ttl, IP_TTL},
#endif
#ifdef IP_TOS
    {ipproto_ip, ip_tos, IP_TOS},
#endif
#ifdef IP_RECVERR
    {ipproto_ip, ip_recverr, IP_RECVERR},
#endif
#ifdef IPV6_PKTINFO
    {ipproto_ipv6, ipv6_pktinfo, IPV6_PKTINFO},
#endif
#ifdef IPV6_HOPLIMIT
    {ipproto_ipv6, ipv6_hoplimit, IPV6_HOPLIMIT},
#endif
#ifdef IPV6_TCLASS
    {ipproto_ipv6, ipv6_tclass, IPV6_TCLASS},
#endif
#ifdef IPV6_RECVERR
    {ipproto_ipv6, ipv6_recverr, IPV6_RECVERR},
#endif
#ifdef IPV6_NEXTHOP
    {ipproto_ipv6, ipv6_nexthop, IPV6_NEXTHOP},
#endif
#ifdef IPV6_HOPOPTS
    {ipproto_ipv6, ipv6_hopopts, IPV6_HOPOPTS},
#endif
#ifdef IPV6_DSTOPTS
    {ipproto_ipv6, ipv6_dstopts, IPV6_DSTOPTS},
#endif
#ifdef IPV6_RTHDRDSTOPTS
    {ipproto_ipv6, ipv6_rthdrdstopts, IPV6_RTHDRDSTOPTS},
#endif
#ifdef IPV6_RTHDR
    {ipproto_ipv6, ipv6_rthdr, IPV6_RTHDR},
#endif
};

#ifdef __linux__
constexpr bool kLinuxNumbers = true;
#else
constexpr bool kLinuxNumbers = false;
#endif

}  // namespace

std::optional<int> native_control_type(OptionLevel level, ControlType type) noexcept {
  const auto number = static_cast<int>(type.value());
  if (type.is_native() || level.is_native()) return number;
  for (const Row& row : kRows) {
    if (row.level == level && row.portable == type) return row.native;
  }
  constexpr int own_numbers = 0x10000;  // the library's, of types that Linux does not have
  return kLinuxNumbers && number < own_numbers ? std::optional(number) : std::nullopt;
}

ControlType portable_control_type(int level, int type) noexcept {
  for (const Row& row : kRows) {
    if (row.native == type && native_level(row.level) == level) return row.portable;
  }
  const auto number = static_cast<std::uint32_t>(type);
  return kLinuxNumbers ? ControlType(number) : ControlType(ControlType::native(number));
}

}  // namespace everysock::platform
