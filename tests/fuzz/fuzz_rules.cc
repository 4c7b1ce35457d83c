// The rules, names, origins and hosts of the command line: what is taken means what it says, what is not gets a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "everysock/idna.h"
#include "web/proxy/http/handshake.h"
#include "web/proxy/policy/access_policy.h"
#include "web/proxy/policy/rule.h"

using namespace everysock;
using namespace everysock::proxy;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <typename T>
bool taken(const Parsed<T>& parsed) {
  must(parsed || parsed.error().starts_with("expected "));
  return parsed.has_value();
}

void check_block(const std::string& text) {
  const auto block = IpBlock::parse(text);
  if (!taken(block)) return;
  const std::string address_text = text.substr(0, text.find('/'));
  const auto address = IpAddress::literal(Host(address_text));
  must(address && block->contains(*address));
  // Written as the policy writes it, and as a block of one address, it is the same.
  const auto again = IpBlock::parse(address->str());
  must(again && again->contains(*address));
  const auto everything = IpBlock::parse(address->is_ipv4() ? "0.0.0.0/0" : "::/0");
  must(everything && everything->contains(*address));
}

void check_name(const std::string& text) {
  const auto pattern = NamePattern::parse(text);
  if (!taken(pattern)) return;
  const auto again = NamePattern::parse(pattern->text());
  must(again && again->text() == pattern->text());
  must(pattern->text().starts_with("*") || pattern->matches(idna_encode(text).value()));  // as it is asked for
}

void check_target(const std::string& text) {
  const auto rule = TargetRule::parse(text);
  if (!taken(rule)) return;
  const auto loopback = IpAddress::literal(Host("127.0.0.1"));
  const auto elsewhere = IpAddress::literal(Host("192.0.2.1"));
  if (std::holds_alternative<LoopbackTarget>(rule->target)) must(!rule->covers(*elsewhere, 80));
  if (std::holds_alternative<NamePattern>(rule->target)) {
    must(!rule->covers(*loopback, 80) && !rule->covers(*elsewhere, 80));
  }
  // What a rule covers, a policy made of it allows.
  const AccessPolicy policy({.connect = {*rule}, .bind = {}, .lookup = {}, .families = {}});
  for (const char* host : {"127.0.0.1", "192.0.2.1"}) {
    const bool covers = rule->covers(*IpAddress::literal(Host(host)), 80);
    must(policy.connect(InetAddress{host, 80}, NameGrants()).has_value() == !covers);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_target(text);
  check_block(text);
  check_name(text);
  taken(PortSet::parse(text));
  if (const auto origin = Gate::parse_origin(text); taken(origin)) {
    must(Gate::parse_origin(*origin) == *origin);
    must(Gate({}, {*origin}).allows_origin(text, "elsewhere"));
  }
  if (const auto host = Gate::parse_host(text); taken(host)) must(Gate({*host}, {}).allows_host(text));
  return 0;
}
