// Names of hosts, in UTF-16 as Windows has them.
#include "backends/winsock/resolver.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "backends/winsock/socket_address.h"
#include "platform/windows/constant_tables.h"
#include "platform/windows/utf16.h"
#include "platform/windows/wsa_error.h"

namespace everysock::winsock {
namespace {

using platform::from_utf16;
using platform::to_utf16;

struct FreeAddressInfo {
  void operator()(ADDRINFOW* list) const { ::FreeAddrInfoW(list); }
};

// One way to use an address. Where a query leaves it open Windows gives the address alone, and everybody else one entry
// for each.
struct Usage {
  SocketKind type;
  Protocol proto;
};

std::vector<Usage> usages(const AddressInfoQuery& query) {
  const SocketKind type = query.type.without_flags();
  std::vector<Usage> found;
  for (const Usage& usage :
       {Usage{sock_stream, ipproto_tcp}, Usage{sock_dgram, ipproto_udp}, Usage{sock_raw, query.proto}}) {
    if (type != SocketKind() && type != usage.type) continue;
    if (query.proto == Protocol() || query.proto == usage.proto) found.push_back(usage);
  }
  // Raw sockets take any protocol, but are not meant where that is another type's.
  const bool others = found.size() > 1 && query.proto != Protocol();
  if (others) found.pop_back();
  return found;
}

bool is_number(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Without those that have no such service.
std::vector<Usage> with_service(std::vector<Usage> ways, const std::optional<std::string>& service) {
  if (!service || is_number(*service)) return ways;
  const auto lacks = [&](const Usage& usage) {
    const char* const protocol = usage.type == sock_stream ? "tcp" : usage.type == sock_dgram ? "udp" : nullptr;
    return ::getservbyname(service->c_str(), protocol) == nullptr;
  };
  ways.erase(std::remove_if(ways.begin(), ways.end(), lacks), ways.end());
  return ways;
}

// "fe80::1%NAME" with the interface's number, which is all that Windows takes. Nothing where there is no such
// interface.
std::optional<std::string> with_scope_number(WinsockResolver& resolver, const std::string& host) {
  const std::size_t percent = host.find('%');
  if (percent == std::string::npos || is_number(host.substr(percent + 1))) return host;
  const auto index = resolver.if_nametoindex(std::string_view(host).substr(percent + 1));
  if (!index) return std::nullopt;
  return host.substr(0, percent + 1) + std::to_string(*index);
}

// The other way round: other systems give the name.
std::string with_scope_name(WinsockResolver& resolver, const std::string& host, const Address& address) {
  const auto* const inet6 = std::get_if<Inet6Address>(&address);
  const std::size_t percent = host.find('%');
  if (inet6 == nullptr || percent == std::string::npos) return host;
  const auto name = resolver.if_indextoname(inet6->scope_id);
  return name ? host.substr(0, percent + 1) + *name : host;
}

Result<ADDRINFOW> hints_of(const AddressInfoQuery& query) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  ADDRINFOW hints{};
  const auto family = platform::native_family(query.family);
  if (!family) return fail(kOperation, GaiErrc::family);
  hints.ai_family = *family;
  const auto flags = platform::native_address_info_flags(query.flags);
  if (!flags) return fail(kOperation, GaiErrc::badflags);
  hints.ai_flags = *flags;
  return hints;
}

// A numeric host of the other family, which Windows calls unknown.
bool is_of_another_family(const AddressInfoQuery& query) {
  if (!query.host || query.flags.has(ai_v4mapped)) return false;
  const Host host(*query.host);
  return (query.family == af_inet && host.is_ipv6()) || (query.family == af_inet6 && host.is_ipv4());
}

Address address_of(const ADDRINFOW& native) {
  NativeAddress address;
  address.size = static_cast<int>(native.ai_addrlen);
  std::memcpy(&address.storage, native.ai_addr, native.ai_addrlen);
  return from_native(address);
}

}  // namespace

Result<std::vector<AddressInfo>> WinsockResolver::getaddrinfo(const AddressInfoQuery& query) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  const auto hints = hints_of(query);
  if (!hints) return Unexpected(hints.error());
  if (query.host && query.host->empty()) return fail(kOperation, GaiErrc::noname);  // to Windows: this machine
  if (is_of_another_family(query)) return fail(kOperation, GaiErrc::addrfamily);
  const std::vector<Usage> possible = usages(query);
  if (possible.empty()) return fail(kOperation, GaiErrc::socktype);
  const std::vector<Usage> ways = with_service(possible, query.service);
  if (ways.empty()) return fail(kOperation, GaiErrc::service);
  const auto numbered = with_scope_number(*this, query.host.value_or(""));
  if (!numbered) return fail(kOperation, GaiErrc::noname);
  const std::wstring host = to_utf16(*numbered);
  const std::wstring service = to_utf16(query.service.value_or(""));
  ADDRINFOW* list = nullptr;
  const int code =
      ::GetAddrInfoW(query.host ? host.c_str() : nullptr, query.service ? service.c_str() : nullptr, &*hints, &list);
  if (code != 0) return Unexpected(platform::wsa_gai_error(kOperation, code));
  const std::unique_ptr<ADDRINFOW, FreeAddressInfo> owner(list);
  std::vector<AddressInfo> found;
  std::vector<Address> seen;  // Windows gives some twice
  for (const ADDRINFOW* entry = list; entry != nullptr; entry = entry->ai_next) {
    const Address address = address_of(*entry);
    if (std::find(seen.begin(), seen.end(), address) != seen.end()) continue;
    seen.push_back(address);
    for (const Usage& usage : ways) {
      // The name stands with the first entry alone.
      const bool named = found.empty() && query.flags.has(ai_canonname) && entry->ai_canonname != nullptr;
      found.push_back({platform::portable_family(entry->ai_family), usage.type, usage.proto,
                       named ? from_utf16(entry->ai_canonname) : "", address});
    }
  }
  if (found.empty()) return fail(kOperation, GaiErrc::noname);
  return found;
}

Result<NameInfo> WinsockResolver::getnameinfo(const Address& address, NameInfoFlags flags) {
  constexpr Operation kOperation = Operation::getnameinfo;
  const auto native = to_native(kOperation, address);
  if (!native) return fail(kOperation, GaiErrc::family);
  const auto native_flags = platform::native_name_info_flags(flags);
  if (!native_flags) return fail(kOperation, GaiErrc::badflags);
  std::array<wchar_t, NI_MAXHOST> host{};
  std::array<wchar_t, NI_MAXSERV> service{};
  const int code = ::GetNameInfoW(native->get(), native->size, host.data(), static_cast<DWORD>(host.size()),
                                  service.data(), static_cast<DWORD>(service.size()), *native_flags);
  if (code != 0) return Unexpected(platform::wsa_gai_error(kOperation, code));
  return NameInfo{with_scope_name(*this, from_utf16(host.data()), address), from_utf16(service.data())};
}

Result<std::string> WinsockResolver::gethostname() {
  std::array<wchar_t, 1025> name{};
  auto size = static_cast<DWORD>(name.size());
  if (::GetComputerNameExW(ComputerNamePhysicalDnsHostname, name.data(), &size) == 0) {
    return fail(Operation::gethostname, platform::portable_wsa_error(static_cast<int>(::GetLastError())));
  }
  return from_utf16({name.data(), size});
}

Result<void> WinsockResolver::sethostname(std::string_view) { return fail(Operation::sethostname, Errc::eopnotsupp); }

}  // namespace everysock::winsock
