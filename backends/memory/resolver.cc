#include "backends/memory/resolver.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "backends/memory/interfaces.h"
#include "backends/memory/machine.h"
#include "backends/memory/network.h"
#include "backends/memory/services.h"
#include "everysock/inet.h"

namespace everysock::memory {
namespace {

constexpr Operation kGetaddrinfo = Operation::getaddrinfo;

struct Kind {
  SocketKind type;
  Protocol protocol;
  std::optional<Transport> services;
  bool on_demand;  // not among the answers for "any"
};

// In the order of the answers.
const std::array<Kind, 6> kKinds = {
    Kind{sock_stream, ipproto_tcp, Transport::tcp, false},    Kind{sock_dgram, ipproto_udp, Transport::udp, false},
    Kind{sock_dgram, ipproto_udplite, Transport::udp, true},  Kind{sock_stream, ipproto_sctp, Transport::tcp, true},
    Kind{sock_seqpacket, ipproto_sctp, Transport::tcp, true}, Kind{sock_raw, Protocol(), std::nullopt, false},
};

constexpr AddressInfoFlags kKnownFlags =
    ai_passive | ai_canonname | ai_numerichost | ai_v4mapped | ai_all | ai_addrconfig | ai_numericserv;

struct Answer {
  Kind kind;
  std::uint16_t port;
};

// The port that `service` is as a number: blanks before it are skipped, and it wraps around, as in glibc.
std::optional<std::uint16_t> numeric_service(const std::string& service) {
  const std::size_t start = service.find_first_not_of(" \t\n");
  if (start == std::string::npos) return service.empty() ? std::optional<std::uint16_t>(0) : std::nullopt;
  std::uint64_t number = 0;
  const char* last = service.data() + service.size();
  const auto [end, error] = std::from_chars(service.data() + start, last, number);
  if (error != std::errc() || end != last) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

// Which kinds of socket and which port the query asks for.
Result<std::vector<Answer>> answers_for(const AddressInfoQuery& query) {
  const bool any = query.type == SocketKind() && query.proto == Protocol();
  std::vector<Kind> kinds;
  for (const Kind& kind : kKinds) {
    if (query.type != SocketKind() && query.type != kind.type) continue;
    // A raw socket takes any protocol.
    const bool protocol_fits = query.proto == Protocol() || query.proto == kind.protocol || kind.type == sock_raw;
    if (!protocol_fits || (kind.on_demand && (any || (query.proto == Protocol() && kind.type != sock_seqpacket)))) {
      continue;
    }
    kinds.push_back(kind);
    if (kind.type == sock_raw) kinds.back().protocol = query.proto;
  }
  if (kinds.empty()) return fail(kGetaddrinfo, GaiErrc::socktype);
  // A raw socket is an answer only beside others, or where nothing is said of the service.
  if (!any && kinds.size() > 1) std::erase_if(kinds, [](const Kind& kind) { return kind.type == sock_raw; });
  std::vector<Answer> answers;
  if (!query.service) {
    for (const Kind& kind : kinds) answers.push_back({kind, 0});
    return answers;
  }
  if (const auto port = numeric_service(*query.service)) {
    if (kinds.size() == 1 && kinds.front().type == sock_raw) return fail(kGetaddrinfo, GaiErrc::service);
    for (const Kind& kind : kinds) answers.push_back({kind, *port});
    return answers;
  }
  if (query.flags.has(ai_numericserv)) return fail(kGetaddrinfo, GaiErrc::noname);
  for (const Kind& kind : kinds) {
    const auto port = kind.services ? service_port(*query.service, *kind.services) : std::nullopt;
    if (port) answers.push_back({kind, *port});
  }
  if (answers.empty()) return fail(kGetaddrinfo, GaiErrc::service);
  return answers;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// "fe80::1", "fe80::1%eth0", "127.0.0.1", "127.1", "0x7f000001".
std::optional<Endpoint> parse_numeric(std::string_view text) {
  const std::size_t percent = text.find('%');
  const std::optional<Ip> ip = Ip::from(everysock::Host(text.substr(0, percent)));
  if (ip && percent == std::string_view::npos) return Endpoint{*ip};
  if (ip) {
    const std::string_view zone = text.substr(percent + 1);
    std::uint32_t scope = interface_index(zone);
    if (scope == 0) std::from_chars(zone.data(), zone.data() + zone.size(), scope);
    if (scope == 0 || !ip->needs_scope()) return std::nullopt;
    return Endpoint{*ip, 0, scope};
  }
  if (text.empty() || text.find_first_of(" \t\n") != std::string_view::npos) return std::nullopt;
  const auto classic = inet_aton(text);
  if (!classic) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>((*classic)[i]); };
  return Endpoint{Ip::v4(byte(0), byte(1), byte(2), byte(3))};
}

Address to_address(const Endpoint& endpoint, bool inet6) {
  if (inet6) return Inet6Address{endpoint.ip.mapped(), endpoint.port, 0, endpoint.scope};
  return InetAddress{endpoint.ip.plain(), endpoint.port};
}

}  // namespace

Result<MemoryResolver::Found> MemoryResolver::find_numeric(const AddressInfoQuery& query, bool& numeric) const {
  const auto endpoint = parse_numeric(*query.host);
  numeric = endpoint.has_value();
  if (!numeric) return Found{};
  // Text of an IPv6 address is IPv6 even where it stands for an IPv4 one.
  const bool inet6 = query.host->find(':') != std::string::npos;
  const bool mapped = !inet6 && query.family == af_inet6 && query.flags.has(ai_v4mapped);
  if (query.family != af_unspec && (query.family == af_inet6) != inet6 && !mapped) {
    return fail(kGetaddrinfo, GaiErrc::addrfamily);
  }
  return Found{{*endpoint}, *query.host};
}

Result<MemoryResolver::Found> MemoryResolver::find_name(const AddressInfoQuery& query) const {
  if (query.flags.has(ai_numerichost)) return fail(kGetaddrinfo, GaiErrc::noname);
  const std::string name = lower(*query.host);
  Found found;
  std::vector<InterfaceAddress> addresses;
  const Machine* machine = network_.find_machine(name);
  if (name == "localhost" || name == "ip6-localhost" || name == "localhost.localdomain") {
    found.canonical_name = "localhost";
    addresses.push_back({Ip::v6_loopback()});
    if (name != "ip6-localhost") addresses.push_back({Ip::v4_loopback()});
  } else if (machine != nullptr) {
    found.canonical_name = machine->name();
    for (const InterfaceAddress& address : machine->addresses()) {
      if (address.interface_index == kNetworkInterface) addresses.push_back(address);
    }
    if (addresses.empty() && machine == &machine_) addresses = {{Ip::v6_loopback()}, {Ip::v4_loopback()}};
  }
  // What this machine cannot reach comes last, then IPv4.
  const auto reachable = [&](const Ip& ip) {
    return machine_.route(kGetaddrinfo, ip, ip.is_v4() ? Ip::v4_any() : Ip::v6_any(), 0).has_value();
  };
  std::stable_sort(addresses.begin(), addresses.end(), [&](const InterfaceAddress& a, const InterfaceAddress& b) {
    const bool one = reachable(a.ip);
    const bool other = reachable(b.ip);
    return one != other ? one : !a.ip.is_v4() && b.ip.is_v4();
  });
  const bool has_v6 = std::any_of(addresses.begin(), addresses.end(), [](const auto& a) { return !a.ip.is_v4(); });
  const bool map = query.family == af_inet6 && query.flags.has(ai_v4mapped) && (!has_v6 || query.flags.has(ai_all));
  for (const InterfaceAddress& address : addresses) {
    const bool fits = query.family == af_unspec || (query.family == af_inet6) != address.ip.is_v4() || map;
    if (fits) found.addresses.push_back({address.ip, 0, address.ip.is_link_local() ? kNetworkInterface : 0});
  }
  if (found.addresses.empty()) {
    return fail(kGetaddrinfo, addresses.empty() ? GaiErrc::noname : GaiErrc::addrfamily);
  }
  return found;
}

Result<MemoryResolver::Found> MemoryResolver::find(const AddressInfoQuery& query) const {
  if (query.host) {
    bool numeric = false;
    auto found = find_numeric(query, numeric);
    return numeric || !found ? found : find_name(query);
  }
  Found found;
  const bool passive = query.flags.has(ai_passive);
  const Endpoint v4{passive ? Ip::v4_any() : Ip::v4_loopback()};
  const Endpoint v6{passive ? Ip::v6_any() : Ip::v6_loopback()};
  if (query.family == af_inet) {
    found.addresses = {v4};
  } else if (query.family == af_inet6) {
    found.addresses = {v6};
  } else if (passive) {
    found.addresses = {v4, v6};
  } else {
    found.addresses = {v6, v4};
  }
  return found;
}

Result<std::vector<AddressInfo>> MemoryResolver::getaddrinfo(const AddressInfoQuery& query) {
  if (!query.host && !query.service) return fail(kGetaddrinfo, GaiErrc::noname);
  if ((query.flags & ~kKnownFlags)) return fail(kGetaddrinfo, GaiErrc::badflags);
  if (query.flags.has(ai_canonname) && !query.host) return fail(kGetaddrinfo, GaiErrc::badflags);
  if (query.family != af_unspec && query.family != af_inet && query.family != af_inet6) {
    return fail(kGetaddrinfo, GaiErrc::family);
  }
  const auto answers = answers_for(query);
  if (!answers) return Unexpected(answers.error());
  const Session session(network_);
  auto found = find(query);
  if (!found) return Unexpected(found.error());
  if (query.flags.has(ai_addrconfig) && query.host) {
    // Only the families in which this machine has an address besides loopback, if it has any.
    bool has[2] = {false, false};
    for (const InterfaceAddress& address : machine_.addresses()) {
      if (address.interface_index == kNetworkInterface) has[address.ip.is_v4() ? 0 : 1] = true;
    }
    if (has[0] != has[1]) {
      std::erase_if(found->addresses, [&](const Endpoint& endpoint) { return endpoint.ip.is_v4() != has[0]; });
    }
    if (found->addresses.empty()) return fail(kGetaddrinfo, GaiErrc::noname);
  }
  std::vector<AddressInfo> result;
  for (Endpoint endpoint : found->addresses) {
    const bool inet6 =
        !endpoint.ip.is_v4() || query.family == af_inet6 || (query.host && query.host->find(':') != std::string::npos);
    for (const Answer& answer : *answers) {
      endpoint.port = answer.port;
      result.push_back(
          {inet6 ? af_inet6 : af_inet, answer.kind.type, answer.kind.protocol, "", to_address(endpoint, inet6)});
    }
  }
  if (query.flags.has(ai_canonname)) result.front().canonname = found->canonical_name;
  return result;
}

std::string MemoryResolver::name_of(const Ip& ip) const {
  if (ip == Ip::v4_loopback() || ip == Ip::v6_loopback()) return "localhost";
  const Machine* machine = network_.find_machine(ip);
  return machine == nullptr ? "" : machine->name();
}

Result<NameInfo> MemoryResolver::getnameinfo(const Address& address, NameInfoFlags flags) {
  constexpr Operation kOperation = Operation::getnameinfo;
  constexpr NameInfoFlags kKnown = ni_numerichost | ni_numericserv | ni_nofqdn | ni_namereqd | ni_dgram;
  if ((flags & ~kKnown)) return fail(kOperation, GaiErrc::badflags);
  const auto* inet = std::get_if<InetAddress>(&address);
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  if (inet == nullptr && inet6 == nullptr) return fail(kOperation, GaiErrc::family);
  const everysock::Host& host = inet != nullptr ? inet->host : inet6->host;
  const std::optional<Ip> ip = Ip::from(host);
  if (!ip) return fail(kOperation, GaiErrc::family);
  const Session session(network_);
  NameInfo result;
  if (!flags.has(ni_numerichost)) {
    result.host = name_of(*ip);
    const std::size_t dot = machine_.name().find('.');
    // A host of this machine's own domain is known by its first name.
    if (flags.has(ni_nofqdn) && dot != std::string::npos && result.host.ends_with(machine_.name().substr(dot))) {
      result.host.resize(result.host.size() - (machine_.name().size() - dot));
    }
  }
  if (result.host.empty()) {
    if (flags.has(ni_namereqd)) return fail(kOperation, GaiErrc::noname);
    result.host = host.str();
    if (inet6 != nullptr && inet6->scope_id != 0) {
      const std::string_view name = ip->needs_scope() ? interface_name(inet6->scope_id) : "";
      result.host += '%';
      result.host += name.empty() ? std::to_string(inet6->scope_id) : std::string(name);
    }
  }
  const auto port = static_cast<std::uint16_t>(inet != nullptr ? inet->port : inet6->port);
  if (!flags.has(ni_numericserv)) {
    result.service = service_name(port, flags.has(ni_dgram) ? Transport::udp : Transport::tcp);
  }
  if (result.service.empty()) result.service = std::to_string(port);
  return result;
}

Result<std::vector<InterfaceName>> MemoryResolver::if_nameindex() {
  std::vector<InterfaceName> interfaces;
  for (const std::string_view name : kInterfaces) interfaces.push_back({interface_index(name), std::string(name)});
  return interfaces;
}

Result<std::uint32_t> MemoryResolver::if_nametoindex(std::string_view name) {
  const std::uint32_t index = interface_index(name);
  if (index == 0) return fail(Operation::if_nametoindex, Errc::enodev);
  return index;
}

Result<std::string> MemoryResolver::if_indextoname(std::uint32_t index) {
  const std::string_view name = interface_name(index);
  if (name.empty()) return fail(Operation::if_indextoname, Errc::enxio);
  return std::string(name);
}

}  // namespace everysock::memory
