#include "web/proxy/policy/rule.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "everysock/idna.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr std::string_view kTargetForms = "expected '*', an IPv4 or IPv6 address or block, or a host name";

tl::unexpected<std::string> expected(std::string what) { return tl::unexpected(std::move(what)); }

// Decimal digits and nothing else, up to `limit`.
std::optional<int> parse_number(std::string_view text, int limit) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || !text::is_digit(text.front()) || error != std::errc() || end != text.data() + text.size() ||
      value > limit) {
    return std::nullopt;
  }
  return value;
}

Parsed<std::uint16_t> parse_port(std::string_view text) {
  const auto number = parse_number(text, 65535);
  if (!number) return expected(text::join("expected a port number from 0 to 65535, not '", text, "'"));
  return static_cast<std::uint16_t>(*number);
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return text::is_alphanumeric(c) || c == '-' || c == '_'; });
}

bool is_host_name(std::string_view name) {
  const std::vector<std::string_view> labels = text::split(name, '.');
  return name.size() <= 253 && std::all_of(labels.begin(), labels.end(), is_label);
}

// "10.0.0.256" and "127.1" are no names, whatever a resolver would make of them.
bool looks_numeric(std::string_view text) {
  const std::vector<std::string_view> labels = text::split(text, '.');
  return !labels.back().empty() && text::all_digits(labels.back());
}

std::string_view without_final_dot(std::string_view name) {
  if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
  return name;
}

// Splits the ports off: the part in front, and the ports or nothing.
struct SplitRule {
  std::string_view target;
  std::optional<std::string_view> ports;
};

Parsed<SplitRule> split_rule(std::string_view text) {
  if (!text.empty() && text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return expected("expected ']' after the IPv6 address");
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') {
      return expected(text::join("expected ':' and ports, or nothing, after ']', not '", rest, "'"));
    }
    const SplitRule split{text.substr(1, close - 1), rest.empty() ? std::nullopt : std::optional(rest.substr(1))};
    const std::string_view address = split.target.substr(0, split.target.find('/'));
    if (!Host(address).is_ipv6()) {
      return expected(text::join("expected an IPv6 address between '[' and ']', not '", address, "'"));
    }
    return split;
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return SplitRule{text, std::nullopt};
  if (text.find(':', colon + 1) == std::string_view::npos) {
    return SplitRule{text.substr(0, colon), text.substr(colon + 1)};
  }
  if (Host(text.substr(0, text.find('/'))).is_ipv6()) return SplitRule{text, std::nullopt};
  return expected("expected an IPv6 address, in brackets where ports follow: '[2001:db8::1]:443'");
}

}  // namespace

Parsed<PortSet> PortSet::parse(std::string_view text) {
  PortSet set;
  if (text == "*") return set;
  set.ranges_.clear();
  for (const std::string_view part : text::split(text, ',')) {
    const auto dash = part.find('-');
    const auto first = parse_port(part.substr(0, dash));
    if (!first) return tl::unexpected(first.error());
    const auto last = dash == std::string_view::npos ? first : parse_port(part.substr(dash + 1));
    if (!last) return tl::unexpected(last.error());
    if (*last < *first) return expected(text::join("expected the lower port first, not '", part, "'"));
    set.ranges_.push_back({*first, *last});
  }
  return set;
}

bool PortSet::contains(std::uint16_t port) const noexcept {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [port](const Range& range) { return range.first <= port && port <= range.last; });
}

Parsed<IpBlock> IpBlock::parse(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view address_text = text.substr(0, slash);
  if (address_text.find('%') != std::string_view::npos) {
    return expected(text::join("expected an address without a zone, not '", address_text, "'"));
  }
  const Host host(address_text);
  const auto address = IpAddress::literal(host);
  if (!address) return expected(text::join("expected an IPv4 or IPv6 address, not '", address_text, "'"));
  const int written_bits = static_cast<int>(host.bytes().size()) * 8;
  int bits = written_bits;
  if (slash != std::string_view::npos) {
    const std::string_view bits_text = text.substr(slash + 1);
    const auto number = parse_number(bits_text, written_bits);
    if (!number) {
      return expected(text::join("expected a prefix length from 0 to ", written_bits, ", not '", bits_text, "'"));
    }
    bits = *number;
  }
  // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  if (host.is_ipv6() && address->is_ipv4()) {
    if (bits < 96) return expected("expected a prefix length of at least 96 after an IPv4-mapped address");
    bits -= 96;
  }
  const auto bytes = address->bytes();
  for (int bit = bits; bit < static_cast<int>(bytes.size()) * 8; ++bit) {
    const auto byte = static_cast<unsigned>(bytes[static_cast<std::size_t>(bit / 8)]);
    if ((byte >> (7 - bit % 8) & 1u) != 0) {
      return expected(text::join("expected no bits set beyond the prefix length ", bits, " in '", address_text, "'"));
    }
  }
  return IpBlock(*address, bits);
}

bool IpBlock::contains(const IpAddress& address) const noexcept {
  const auto base = base_.bytes();
  const auto other = address.bytes();
  if (base.size() != other.size()) return false;
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(whole), other.begin())) return false;
  const int rest = bits_ % 8;
  return rest == 0 || (base[whole] ^ other[whole]) >> (8 - rest) == 0;
}

Parsed<NamePattern> NamePattern::parse(std::string_view text) {
  if (text == "*") return NamePattern("*");
  std::string_view name = without_final_dot(text);
  const bool all_below = text::consume_prefix(name, "*.");
  const auto ascii = idna_encode(name);  // as clients ask for it
  if (!ascii || !is_host_name(*ascii)) return expected(text::join("expected a host name, not '", text, "'"));
  if (looks_numeric(*ascii)) {
    return expected(text::join("expected an IPv4 address of four numbers from 0 to 255, not '", text, "'"));
  }
  return NamePattern(text::lower(text::join(all_below ? "*." : "", *ascii)));
}

bool NamePattern::matches(std::string_view name) const {
  if (text_ == "*") return true;
  name = without_final_dot(name);
  if (!text_.starts_with("*.")) return text::equal_ignoring_case(text_, name);
  const std::string_view suffix = std::string_view(text_).substr(1);
  return name.size() > suffix.size() && text::ends_with_ignoring_case(name, suffix);
}

Parsed<TargetRule> TargetRule::parse(std::string_view text) {
  if (text.empty()) return expected(std::string(kTargetForms));
  const auto split = split_rule(text);
  if (!split) return tl::unexpected(split.error());
  TargetRule rule;
  if (split->ports) {
    auto ports = PortSet::parse(*split->ports);
    if (!ports) return tl::unexpected(ports.error());
    rule.ports = *std::move(ports);
  }
  const std::string_view target = split->target;
  if (target.empty()) return expected(text::join(kTargetForms, " before ':'"));
  if (target == "*") {
    rule.target = AnyTarget{};
  } else if (text::equal_ignoring_case(target, "localhost")) {
    rule.target = LoopbackTarget{};
  } else if (target.find_first_of("/:") != std::string_view::npos || !Host(target).is_name()) {
    auto block = IpBlock::parse(target);
    if (!block) return tl::unexpected(block.error());
    rule.target = *block;
  } else {
    auto pattern = NamePattern::parse(target);
    if (!pattern) return tl::unexpected(pattern.error());
    rule.target = *std::move(pattern);
  }
  return rule;
}

bool TargetRule::covers(const IpAddress& address, std::uint16_t port) const noexcept {
  if (!ports.contains(port)) return false;
  if (std::holds_alternative<AnyTarget>(target)) return true;
  if (std::holds_alternative<LoopbackTarget>(target)) return address.is_loopback();
  const auto* block = std::get_if<IpBlock>(&target);
  return block != nullptr && block->contains(address);
}

}  // namespace everysock::proxy
