#include "web/proxy/policy/access_policy.h"

#include <algorithm>

#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr std::size_t kMaxGrants = 1024;
constexpr std::string_view kNoConnectRule = "no --allow-connect rule covers it";
constexpr std::string_view kNoBindRule = "no --allow-bind rule covers it";
constexpr std::string_view kNoFamilyRule = "no --allow-family rule covers it";
constexpr std::string_view kNoLookupRule = "no --allow-lookup rule covers it";

bool covered(const std::vector<TargetRule>& rules, const IpAddress& address, std::uint16_t port) {
  return std::any_of(rules.begin(), rules.end(), [&](const TargetRule& rule) { return rule.covers(address, port); });
}

// RFC 6052 3.1, RFC 3056 2: translators do not serve such addresses, so nobody honest writes them this way.
bool is_local(const IpAddress& address) {
  return address.is_loopback() || address.is_unspecified() || address.is_link_local() || address.is_private() ||
         address.is_multicast();
}

}  // namespace

void NameGrants::add(const IpAddress& address, const PortSet& ports) {
  for (Grant& grant : grants_) {
    if (grant.address == address && grant.ports == ports) return;
  }
  if (grants_.size() == kMaxGrants) grants_.pop_front();
  grants_.push_back({address, ports});
}

bool NameGrants::cover(const IpAddress& address, std::uint16_t port) const noexcept {
  return std::any_of(grants_.begin(), grants_.end(),
                     [&](const Grant& grant) { return grant.address == address && grant.ports.contains(port); });
}

Refusal AccessPolicy::family(AddressFamily family) const {
  const bool allowed = std::find(rules_.families.begin(), rules_.families.end(), family) != rules_.families.end();
  return allowed ? Refusal() : Refusal(kNoFamilyRule);
}

Refusal AccessPolicy::connect(const Address& address, const NameGrants& grants) const {
  const auto endpoint = ip_endpoint(address);
  if (!endpoint && !family(family_of(address))) return std::nullopt;
  const auto target = endpoint ? IpAddress::destination(endpoint->host) : std::nullopt;
  if (!target) return "not an Internet address";
  if (target->translated() && is_local(*target)) return "a local IPv4 address inside an IPv6 address";
  if (covered(rules_.connect, *target, endpoint->port) || grants.cover(*target, endpoint->port)) return std::nullopt;
  return kNoConnectRule;
}

Refusal AccessPolicy::bind(const Address& address, bool dual_stack) const {
  const auto endpoint = ip_endpoint(address);
  if (!endpoint && !family(family_of(address))) return std::nullopt;
  const auto local = endpoint ? IpAddress::literal(endpoint->host) : std::nullopt;
  if (!local) return "not an Internet address";
  if (!covered(rules_.bind, *local, endpoint->port)) return kNoBindRule;
  if (dual_stack && local->is_unspecified() && !local->is_ipv4() &&
      !covered(rules_.bind, *IpAddress::literal(Host("0.0.0.0")), endpoint->port)) {
    return "it takes IPv4 peers, too, and no --allow-bind rule covers 0.0.0.0";
  }
  return std::nullopt;
}

bool AccessPolicy::any_lookup() const {
  return std::any_of(rules_.lookup.begin(), rules_.lookup.end(), [](const auto& pattern) { return pattern.is_any(); });
}

Refusal AccessPolicy::lookup(std::string_view host) const {
  if (!Host(host).is_name() || text::equal_ignoring_case(host, "localhost")) return std::nullopt;
  const auto matches = [host](const NamePattern& pattern) { return pattern.matches(host); };
  if (std::any_of(rules_.lookup.begin(), rules_.lookup.end(), matches)) return std::nullopt;
  for (const TargetRule& rule : rules_.connect) {
    const auto* pattern = std::get_if<NamePattern>(&rule.target);
    if (pattern != nullptr && matches(*pattern)) return std::nullopt;
  }
  return kNoLookupRule;
}

Refusal AccessPolicy::reverse_lookup(const Address& address) const {
  const auto endpoint = ip_endpoint(address);
  const auto target = endpoint ? IpAddress::destination(endpoint->host) : std::nullopt;
  if (any_lookup() || (target && target->is_loopback())) return std::nullopt;
  return kNoLookupRule;
}

Refusal AccessPolicy::machine_facts() const {
  return any_lookup() ? Refusal() : Refusal("only --allow-lookup '*' tells about the proxy's machine");
}

Refusal AccessPolicy::set_hostname() const {
  return rules_.set_hostname ? Refusal() : Refusal("only --allow-sethostname lets clients rename the proxy's machine");
}

void AccessPolicy::grant(std::string_view host, const Host& address, NameGrants& grants) const {
  const auto target = IpAddress::destination(address);
  if (!target || target->is_loopback() || target->is_link_local() || target->is_multicast()) return;
  for (const TargetRule& rule : rules_.connect) {
    const auto* pattern = std::get_if<NamePattern>(&rule.target);
    if (pattern != nullptr && pattern->matches(host)) grants.add(*target, rule.ports);
  }
}

void AccessPolicy::grant(std::string_view host, const std::vector<AddressInfo>& results, NameGrants& grants) const {
  for (const AddressInfo& result : results) {
    if (const auto endpoint = ip_endpoint(result.address)) grant(host, endpoint->host, grants);
  }
}

void AccessPolicy::grant(std::string_view host, const std::vector<std::string>& addresses, NameGrants& grants) const {
  for (const std::string& address : addresses) grant(host, Host(address), grants);
}

}  // namespace everysock::proxy
