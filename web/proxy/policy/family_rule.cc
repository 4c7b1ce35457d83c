#include "web/proxy/policy/family_rule.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr std::array<std::pair<std::string_view, AddressFamily>, 8> kFamilies = {{
    {"bluetooth", af_bluetooth},
    {"can", af_can},
    {"netlink", af_netlink},
    {"packet", af_packet},
    {"qipcrtr", af_qipcrtr},
    {"rds", af_rds},
    {"tipc", af_tipc},
    {"vsock", af_vsock},
}};

}  // namespace

Parsed<AddressFamily> parse_family(std::string_view text) {
  std::string names;
  for (const auto& [name, family] : kFamilies) {
    if (text::equal_ignoring_case(text, name)) return family;
    if (!names.empty()) names += name == kFamilies.back().first ? " or " : ", ";
    names += name;
  }
  return tl::unexpected(text::join("expected ", names, ", not '", text, "'"));
}

bool needs_family_rule(AddressFamily family) noexcept {
  return std::any_of(kFamilies.begin(), kFamilies.end(),
                     [family](const auto& known) { return known.second == family; });
}

std::optional<AddressFamily> family_of(Feature feature) noexcept {
  switch (feature) {
    case Feature::bluetooth:
      return af_bluetooth;
    case Feature::can_raw:
    case Feature::can_fd:
    case Feature::can_xl:
    case Feature::can_bcm:
    case Feature::can_isotp:
    case Feature::can_j1939:
      return af_can;
    case Feature::netlink:
      return af_netlink;
    case Feature::packet:
      return af_packet;
    case Feature::qipcrtr:
      return af_qipcrtr;
    case Feature::rds:
      return af_rds;
    case Feature::tipc:
      return af_tipc;
    case Feature::vsock:
      return af_vsock;
    default:
      return std::nullopt;
  }
}

}  // namespace everysock::proxy
