// The resolver's databases: hosts, services, protocols, and what the machine is called.
#include <algorithm>

#include "backends/memory/machine.h"
#include "backends/memory/network.h"
#include "backends/memory/protocols.h"
#include "backends/memory/resolver.h"
#include "backends/memory/services.h"

namespace everysock::memory {
namespace {

constexpr std::size_t kMaxHostname = 64;  // Linux's __NEW_UTS_LEN

constexpr Transport kTransports[] = {Transport::tcp, Transport::udp};

bool is_named(Transport transport, const std::optional<std::string>& protocol) {
  return !protocol || *protocol == (transport == Transport::tcp ? "tcp" : "udp");
}

}  // namespace

Result<HostEntry> MemoryResolver::gethostbyname_ex(const std::string& name) {
  constexpr Operation kOperation = Operation::gethostbyname_ex;
  AddressInfoQuery query;
  query.host = name;
  query.family = af_inet;
  const Session session(network_);
  const auto found = find(query);
  if (!found) return fail(kOperation, HostErrc::host_not_found);
  HostEntry entry{found->canonical_name, {}, {}};
  if (const Machine* machine = network_.find_machine(name)) entry.aliaslist = network_.aliases(*machine);
  for (const Endpoint& endpoint : found->addresses) entry.ipaddrlist.push_back(endpoint.ip.plain().str());
  return entry;
}

Result<HostEntry> MemoryResolver::gethostbyaddr(const Address& address) {
  constexpr Operation kOperation = Operation::gethostbyaddr;
  const auto* inet = std::get_if<InetAddress>(&address);
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  if (inet == nullptr && inet6 == nullptr) return fail(kOperation, HostErrc::no_recovery);
  const everysock::Host& host = inet != nullptr ? inet->host : inet6->host;
  const std::optional<Ip> ip = Ip::from(host);
  if (!ip) return fail(kOperation, HostErrc::no_recovery);
  const Session session(network_);
  HostEntry entry{name_of(*ip), {}, {host.str()}};
  if (entry.hostname.empty()) return fail(kOperation, HostErrc::host_not_found);
  if (const Machine* machine = network_.find_machine(*ip)) entry.aliaslist = network_.aliases(*machine);
  return entry;
}

Result<std::uint16_t> MemoryResolver::getservbyname(const std::string& name,
                                                    const std::optional<std::string>& protocol) {
  for (const Transport transport : kTransports) {
    const auto port = is_named(transport, protocol) ? service_port(name, transport) : std::nullopt;
    if (port) return *port;
  }
  return fail(Operation::getservbyname, UsageErrc::service_not_found);
}

Result<std::string> MemoryResolver::getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) {
  for (const Transport transport : kTransports) {
    const std::string_view name = is_named(transport, protocol) ? service_name(port, transport) : "";
    if (!name.empty()) return std::string(name);
  }
  return fail(Operation::getservbyport, UsageErrc::port_not_found);
}

Result<Protocol> MemoryResolver::getprotobyname(const std::string& name) {
  const auto number = protocol_number(name);
  if (!number) return fail(Operation::getprotobyname, UsageErrc::protocol_not_found);
  return Protocol(*number);
}

Result<std::string> MemoryResolver::gethostname() {
  const Session session(network_);
  return machine_.hostname();
}

Result<void> MemoryResolver::sethostname(std::string_view name) {
  if (name.size() > kMaxHostname) return fail(Operation::sethostname, Errc::einval);
  const Session session(network_);
  machine_.set_hostname(name);
  return {};
}

}  // namespace everysock::memory
