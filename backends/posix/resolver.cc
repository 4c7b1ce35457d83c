#include "backends/posix/resolver.h"

#include <net/if.h>
#include <netdb.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>

#include "backends/posix/sockaddr/codec.h"
#include "platform/posix/constant_tables.h"
#include "platform/posix/errno.h"
#include "platform/posix/netdb.h"

namespace everysock::posix {
namespace {

using platform::gai_error;
using platform::last_error;

struct FreeAddressInfo {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
struct FreeNameIndex {
  void operator()(struct if_nameindex* list) const { ::if_freenameindex(list); }
};

Result<addrinfo> hints_of(const AddressInfoQuery& query) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  addrinfo hints{};
  const auto family = platform::native_family(query.family);
  if (!family) return fail(kOperation, GaiErrc::family);
  hints.ai_family = *family;
  if (query.type != SocketKind()) {
    const auto kind = platform::native_kind(query.type);
    if (!kind) return fail(kOperation, GaiErrc::socktype);
    hints.ai_socktype = *kind;
  }
  hints.ai_protocol = static_cast<int>(query.proto.value());
  const auto flags = platform::native_address_info_flags(query.flags);
  if (!flags) return fail(kOperation, GaiErrc::badflags);
  hints.ai_flags = *flags;
  return hints;
}

AddressInfo from_native_info(const addrinfo& native) {
  NativeAddress address;
  address.size = native.ai_addrlen;
  std::memcpy(&address.storage, native.ai_addr, native.ai_addrlen);
  return {platform::portable_family(native.ai_family), platform::portable_kind(native.ai_socktype),
          Protocol(static_cast<std::uint32_t>(native.ai_protocol)),
          native.ai_canonname != nullptr ? native.ai_canonname : "", from_native(address, -1)};
}

const char* c_string(const std::optional<std::string>& text) { return text ? text->c_str() : nullptr; }

}  // namespace

Result<std::vector<AddressInfo>> PosixResolver::getaddrinfo(const AddressInfoQuery& query) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  const auto hints = hints_of(query);
  if (!hints) return Unexpected(hints.error());
  addrinfo* list = nullptr;
  const int code = ::getaddrinfo(c_string(query.host), c_string(query.service), &*hints, &list);
  if (code != 0) return Unexpected(gai_error(kOperation, code));
  const std::unique_ptr<addrinfo, FreeAddressInfo> owner(list);
  std::vector<AddressInfo> found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    found.push_back(from_native_info(*entry));
  }
  if (found.empty()) return fail(kOperation, GaiErrc::noname);
  return found;
}

Result<NameInfo> PosixResolver::getnameinfo(const Address& address, NameInfoFlags flags) {
  constexpr Operation kOperation = Operation::getnameinfo;
  const auto native = to_native(kOperation, address, -1);
  if (!native) return fail(kOperation, GaiErrc::family);
  const auto native_flags = platform::native_name_info_flags(flags);
  if (!native_flags) return fail(kOperation, GaiErrc::badflags);
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  const int code = ::getnameinfo(native->get(), native->size, host.data(), host.size(), service.data(), service.size(),
                                 *native_flags);
  if (code != 0) return Unexpected(gai_error(kOperation, code));
  return NameInfo{host.data(), service.data()};
}

Result<HostEntry> PosixResolver::gethostbyname_ex(const std::string& name) { return platform::host_by_name(name); }

Result<HostEntry> PosixResolver::gethostbyaddr(const Address& address) {
  const auto* inet = std::get_if<InetAddress>(&address);
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  const auto family = platform::native_family(family_of(address));
  if ((inet == nullptr && inet6 == nullptr) || !family) return fail(Operation::gethostbyaddr, HostErrc::no_recovery);
  return platform::host_by_address(*family, (inet != nullptr ? inet->host : inet6->host).bytes());
}

Result<std::uint16_t> PosixResolver::getservbyname(const std::string& name,
                                                   const std::optional<std::string>& protocol) {
  const auto port = platform::service_port(name, protocol);
  if (!port) return fail(Operation::getservbyname, UsageErrc::service_not_found);
  return *port;
}

Result<std::string> PosixResolver::getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) {
  auto name = platform::service_name(port, protocol);
  if (!name) return fail(Operation::getservbyport, UsageErrc::port_not_found);
  return *std::move(name);
}

Result<Protocol> PosixResolver::getprotobyname(const std::string& name) {
  const auto number = platform::protocol_number(name);
  if (!number) return fail(Operation::getprotobyname, UsageErrc::protocol_not_found);
  return Protocol(*number);
}

Result<std::string> PosixResolver::gethostname() {
  std::array<char, 1025> name{};
  if (::gethostname(name.data(), name.size() - 1) < 0) return Unexpected(last_error(Operation::gethostname));
  return std::string(name.data());
}

Result<void> PosixResolver::sethostname(std::string_view name) {
  if (::sethostname(name.data(), name.size()) < 0) {
    return Unexpected(last_error(Operation::sethostname));
  }
  return {};
}

Result<std::vector<InterfaceName>> PosixResolver::if_nameindex() {
  const std::unique_ptr<struct if_nameindex, FreeNameIndex> list(::if_nameindex());
  if (!list) return Unexpected(last_error(Operation::if_nameindex));
  std::vector<InterfaceName> names;
  for (const auto* entry = list.get(); entry->if_index != 0; ++entry) {
    names.push_back({entry->if_index, entry->if_name});
  }
  return names;
}

Result<std::uint32_t> PosixResolver::if_nametoindex(std::string_view name) {
  const unsigned index = ::if_nametoindex(std::string(name).c_str());
  if (index == 0) return Unexpected(last_error(Operation::if_nametoindex));
  return index;
}

Result<std::string> PosixResolver::if_indextoname(std::uint32_t index) {
  std::array<char, IF_NAMESIZE> name{};
  if (::if_indextoname(index, name.data()) == nullptr) return Unexpected(last_error(Operation::if_indextoname));
  return std::string(name.data());
}

}  // namespace everysock::posix
