#include "backends/wasi/resolver.h"

#include <algorithm>
#include <array>

#include "backends/wasi/abi.h"
#include "backends/wasi/errors.h"

namespace everysock::wasi {
namespace {

// The addresses of `name`, in the host's order. wasi:sockets/ip-name-lookup
Result<std::vector<Host>> look_up(Operation operation, const std::string& name) {
  ResultArea started;
  wasi_ip_name_lookup_resolve_addresses(network(), address_of(name.data()), static_cast<std::int32_t>(name.size()),
                                        started.where());
  if (started.is_error()) return fail(operation, to_gai(host_error(started, 4)));
  const ResolvedAddresses answers(started.at<std::int32_t>(4));
  const Pollable changes(wasi_ip_name_lookup_resolve_address_stream_subscribe(answers.get()));
  std::vector<Host> hosts;
  for (;;) {
    ResultArea next;
    wasi_ip_name_lookup_resolve_address_stream_resolve_next_address(answers.get(), next.where());
    if (next.is_error()) {
      const HostError error = host_error(next, 2);
      if (error != HostError::would_block) return fail(operation, to_gai(error));
      wasi_poll_pollable_block(changes.get());
      continue;
    }
    constexpr std::size_t has_value = 2, is_v6 = 4, fields = 6;
    if (next.at<std::uint8_t>(has_value) == 0) return hosts;
    std::array<std::uint8_t, 16> bytes{};
    if (next.at<std::uint8_t>(is_v6) == 0) {
      std::copy_n(next.bytes(fields), 4, bytes.begin());
      hosts.push_back(Host::ipv4(std::span(bytes).first<4>()));
    } else {
      for (std::size_t i = 0; i < 16; ++i) bytes[i] = next.at<std::uint8_t>(fields + (i ^ 1));
      hosts.push_back(Host::ipv6(bytes));
    }
  }
}

Unexpected unsupported(Operation operation) { return fail(operation, Errc::eopnotsupp); }

}  // namespace

Result<std::vector<AddressInfo>> WasiResolver::getaddrinfo(const AddressInfoQuery& query) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  const bool numeric = !query.host || !Host(*query.host).is_name() || query.flags.has(ai_numerichost) ||
                       query.host->find('%') != query.host->npos;
  // Services, kinds and flags are checked there, for a name as well: with an address that stands for it.
  AddressInfoQuery local = query;
  if (!numeric) local.host = query.family == af_inet6 ? "::1" : "127.0.0.1";
  local.flags = local.flags & ~(ai_addrconfig | ai_v4mapped | ai_all);
  if (numeric) return local_.getaddrinfo(query);
  if (const auto checked = local_.getaddrinfo(local); !checked) return checked;

  const auto hosts = look_up(kOperation, *query.host);
  if (!hosts) return Unexpected(hosts.error());
  std::vector<AddressInfo> found;
  for (const Host& host : *hosts) {
    if (query.family == af_inet && !host.is_ipv4()) continue;
    if (query.family == af_inet6 && !host.is_ipv6()) continue;
    local.host = host.str();
    auto infos = local_.getaddrinfo(local);
    if (!infos) return infos;
    for (AddressInfo& info : *infos) {
      if (std::find(found.begin(), found.end(), info) == found.end()) found.push_back(std::move(info));
    }
  }
  if (found.empty()) return fail(kOperation, hosts->empty() ? GaiErrc::noname : GaiErrc::addrfamily);
  for (AddressInfo& info : found) info.canonname.clear();
  if (query.flags.has(ai_canonname)) found.front().canonname = *query.host;
  return found;
}

// Hosts do not look for the names of addresses.
Result<NameInfo> WasiResolver::getnameinfo(const Address& address, NameInfoFlags flags) {
  const bool needs_name = flags.has(ni_namereqd) && !flags.has(ni_numerichost);
  auto names = local_.getnameinfo(address, flags | ni_numerichost);
  if (names && needs_name) return fail(Operation::getnameinfo, GaiErrc::noname);
  return names;
}

// The addresses alone: hosts tell neither aliases nor canonical names.
Result<HostEntry> WasiResolver::gethostbyname_ex(const std::string& name) {
  constexpr Operation kOperation = Operation::gethostbyname_ex;
  const auto hosts = look_up(kOperation, name);
  if (!hosts) {
    const bool unknown = hosts.error() == GaiErrc::noname;
    return fail(kOperation, unknown ? HostErrc::host_not_found : HostErrc::try_again);
  }
  HostEntry entry{name, {}, {}};
  for (const Host& host : *hosts) {
    if (host.is_ipv4()) entry.ipaddrlist.push_back(host.str());
  }
  if (entry.ipaddrlist.empty()) return fail(kOperation, HostErrc::no_data);
  return entry;
}

// No address has a name that a host tells.
Result<HostEntry> WasiResolver::gethostbyaddr(const Address&) {
  return fail(Operation::gethostbyaddr, HostErrc::host_not_found);
}

Result<std::uint16_t> WasiResolver::getservbyname(const std::string& name, const std::optional<std::string>& protocol) {
  return local_.getservbyname(name, protocol);
}
Result<std::string> WasiResolver::getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) {
  return local_.getservbyport(port, protocol);
}
Result<Protocol> WasiResolver::getprotobyname(const std::string& name) { return local_.getprotobyname(name); }

// Hosts do not tell what they are called; this name leads to the host all the same.
Result<std::string> WasiResolver::gethostname() { return "localhost"; }
Result<void> WasiResolver::sethostname(std::string_view) { return unsupported(Operation::sethostname); }
Result<std::vector<InterfaceName>> WasiResolver::if_nameindex() { return unsupported(Operation::if_nameindex); }
Result<std::uint32_t> WasiResolver::if_nametoindex(std::string_view) { return unsupported(Operation::if_nametoindex); }
Result<std::string> WasiResolver::if_indextoname(std::uint32_t) { return unsupported(Operation::if_indextoname); }

}  // namespace everysock::wasi
