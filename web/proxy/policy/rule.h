// The rules of --allow-connect, --allow-bind and --allow-lookup: how they are written and what they match.
//
//   RULE   = TARGET [":" PORTS]
//   TARGET = "*" | IPV4 ["/" BITS] | IPV6 ["/" BITS] | "[" IPV6 ["/" BITS] "]" | NAME | "*." NAME
//   PORTS  = "*" | RANGE {"," RANGE}           RANGE = PORT | PORT "-" PORT
//
// An IPv6 address that is followed by ports stands in brackets. A rule without ports covers all ports.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_RULE_H_
#define EVERYSOCK_WEB_PROXY_POLICY_RULE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "web/proxy/policy/ip_address.h"

namespace everysock::proxy {

// A value, or what was expected in its place, for a person: "expected a port number from 0 to 65535, not '70000'".
template <typename T>
using Parsed = tl::expected<T, std::string>;

class PortSet {
 public:
  // Every port.
  PortSet() : ranges_{{0, 65535}} {}
  static Parsed<PortSet> parse(std::string_view text);
  bool contains(std::uint16_t port) const noexcept;
  friend bool operator==(const PortSet&, const PortSet&) = default;

 private:
  struct Range {
    std::uint16_t first;
    std::uint16_t last;
    friend bool operator==(const Range&, const Range&) = default;
  };
  std::vector<Range> ranges_;
};

// A block of addresses of one family.
class IpBlock {
 public:
  // "10.0.0.0/8", "127.0.0.1", "fd00::/8", "::1". Bits beyond the prefix must be 0, so that a slip is noticed.
  static Parsed<IpBlock> parse(std::string_view text);
  bool contains(const IpAddress& address) const noexcept;

 private:
  IpBlock(IpAddress base, int bits) noexcept : base_(base), bits_(bits) {}
  IpAddress base_;
  int bits_;
};

// A host name, or with "*." in front every name below it; "*" every name. Case does not matter, nor does a final dot.
class NamePattern {
 public:
  static Parsed<NamePattern> parse(std::string_view text);
  bool matches(std::string_view name) const;
  bool is_any() const noexcept { return text_ == "*"; }
  const std::string& text() const noexcept { return text_; }

 private:
  explicit NamePattern(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct AnyTarget {};
// "localhost": every loopback address, whatever a resolver says.
struct LoopbackTarget {};

struct TargetRule {
  std::variant<AnyTarget, LoopbackTarget, IpBlock, NamePattern> target;
  PortSet ports;

  static Parsed<TargetRule> parse(std::string_view text);
  // Whether the rule covers this address by itself. Rules with names do not: see AccessPolicy::grant().
  bool covers(const IpAddress& address, std::uint16_t port) const noexcept;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_RULE_H_
