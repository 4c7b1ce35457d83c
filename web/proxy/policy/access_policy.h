// What clients may reach: the operator's allow-lists. Whatever no rule allows is refused.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_ACCESS_POLICY_H_
#define EVERYSOCK_WEB_PROXY_POLICY_ACCESS_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/address.h"
#include "everysock/resolver.h"
#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

// Nothing: allowed. Otherwise the reason, for the audit log; the program behind it gets EACCES. Static storage.
using Refusal = std::optional<std::string_view>;

// Addresses that one client may connect to because a lookup of a name in the rules has led to them. The oldest are
// forgotten beyond a limit.
class NameGrants {
 public:
  void add(const IpAddress& address, const PortSet& ports);
  bool cover(const IpAddress& address, std::uint16_t port) const noexcept;

 private:
  struct Grant {
    IpAddress address;
    PortSet ports;
  };
  std::deque<Grant> grants_;
};

// Immutable once made; any thread.
class AccessPolicy {
 public:
  struct Rules {
    std::vector<TargetRule> connect;
    std::vector<TargetRule> bind;  // without names, other than localhost
    std::vector<NamePattern> lookup;
    bool set_hostname = false;
    std::vector<AddressFamily> families;  // of parse_family()
  };

  AccessPolicy() = default;
  explicit AccessPolicy(Rules rules) : rules_(std::move(rules)) {}

  // Opening sockets of a family other than AF_INET, AF_INET6 and AF_UNIX. Its addresses, where they are no Internet
  // addresses, are then covered as well.
  Refusal family(AddressFamily family) const;

  // Connecting and sending datagrams to `address`, which is numeric.
  Refusal connect(const Address& address, const NameGrants& grants) const;

  // Binding to `address`; with `dual_stack`, an IPv6 wildcard which takes IPv4 peers as well and so needs both.
  Refusal bind(const Address& address, bool dual_stack) const;

  // Asking a name server for `host`. Numeric hosts, localhost and names in the connect rules are always allowed.
  Refusal lookup(std::string_view host) const;
  // Asking for the name of `address`.
  Refusal reverse_lookup(const Address& address) const;
  // Learning about the proxy's machine: its name, its interfaces.
  Refusal machine_facts() const;
  // Giving the proxy's machine another name.
  Refusal set_hostname() const;

  // What a client may connect to once `host` has been looked up with `results`. Loopback, link-local, multicast and
  // unspecified addresses are never granted by a name: whoever answers for the name would otherwise choose what the
  // client reaches on the proxy's own machine.
  void grant(std::string_view host, const std::vector<AddressInfo>& results, NameGrants& grants) const;
  void grant(std::string_view host, const std::vector<std::string>& addresses, NameGrants& grants) const;

 private:
  void grant(std::string_view host, const Host& address, NameGrants& grants) const;
  bool any_lookup() const;
  Rules rules_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_ACCESS_POLICY_H_
