#include "backends/wasi/control.h"

#include <algorithm>
#include <array>

namespace everysock::wasi {
namespace {

constexpr Operation kOperation = Operation::send;

// Numbers of the system are Linux's here, as wherever the library's own are meant.
bool is_of_level(const ControlMessage& item, OptionLevel level) {
  constexpr std::uint32_t kSolSocket = 1;
  if (item.level.is_native() && level == sol_socket) return item.level.value() == kSolSocket;
  return item.level.value() == level.value();
}

template <std::size_t n>
bool is_one_of(const ControlMessage& item, const std::array<Option, n>& options) {
  return std::ranges::any_of(options, [&](Option option) { return option.value() == item.type.value(); });
}

constexpr std::array kOfIpv4 = {ip_ttl, ip_tos, ip_pktinfo, ip_retopts};
constexpr std::array kOfIpv6 = {ipv6_hoplimit, ipv6_tclass,       ipv6_pktinfo, ipv6_hopopts,
                                ipv6_dstopts,  ipv6_rthdrdstopts, ipv6_rthdr,   ipv6_dontfrag};

}  // namespace

bool is_rights(const ControlMessage& item) {
  return is_of_level(item, sol_socket) && item.type.value() == scm_rights.value();
}

bool is_credentials(const ControlMessage& item) {
  return is_of_level(item, sol_socket) && item.type.value() == scm_credentials.value();
}

Result<void> check_tcp_control(std::span<const ControlMessage> control) {
  for (const ControlMessage& item : control) {
    if (!is_of_level(item, sol_socket) || is_rights(item) || is_credentials(item)) continue;
    return fail(kOperation, Errc::einval);
  }
  return {};
}

Result<void> check_udp_control(AddressFamily family, std::span<const ControlMessage> control) {
  if (auto good = check_tcp_control(control); !good) return good;
  const bool v6 = family == af_inet6;
  for (const ControlMessage& item : control) {
    if (is_of_level(item, sol_udp)) return fail(kOperation, Errc::eopnotsupp);
    if (!is_of_level(item, v6 ? sol_ipv6 : sol_ip)) continue;
    const bool known = v6 ? is_one_of(item, kOfIpv6) : is_one_of(item, kOfIpv4);
    return fail(kOperation, known ? Errc::eopnotsupp : Errc::einval);
  }
  return {};
}

}  // namespace everysock::wasi
