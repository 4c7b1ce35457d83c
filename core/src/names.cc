#include "everysock/names.h"

#include "src/renamed.h"

namespace everysock {
namespace {

using internal::renamed;

bool has_nul(const std::optional<std::string>& text) { return text && text->find('\0') != std::string::npos; }

}  // namespace

Result<std::vector<AddressInfo>> getaddrinfo(std::optional<std::string_view> host, const Service& port,
                                             AddressFamily family, SocketKind type, Protocol proto,
                                             AddressInfoFlags flags, Backend& backend) {
  AddressInfoQuery query{std::nullopt, port.text(), family, type.without_flags(), proto, flags};
  if (host) query.host = std::string(*host);
  if (has_nul(query.host) || has_nul(query.service)) return fail(Operation::getaddrinfo, UsageErrc::embedded_nul);
  return renamed(Operation::getaddrinfo, backend.resolver().getaddrinfo(query));
}

Result<NameInfo> getnameinfo(const Address& sockaddr, NameInfoFlags flags, Backend& backend) {
  constexpr Operation kOperation = Operation::getnameinfo;
  const auto* inet = std::get_if<InetAddress>(&sockaddr);
  const auto* inet6 = std::get_if<Inet6Address>(&sockaddr);
  if (inet == nullptr && inet6 == nullptr) return fail(kOperation, GaiErrc::family);
  const Host& host = inet != nullptr ? inet->host : inet6->host;
  const std::int32_t port = inet != nullptr ? inet->port : inet6->port;
  if (port < 0 || port > 65535) return fail(kOperation, UsageErrc::port_out_of_range, port);
  if (inet6 != nullptr && inet6->flowinfo > 0xfffff) {
    return fail(kOperation, UsageErrc::flowinfo_out_of_range, static_cast<std::int32_t>(inet6->flowinfo));
  }
  if (host.is_name()) return fail(kOperation, GaiErrc::noname);
  // The text decides the family, as in the documentation: ("::1", 80) is an IPv6 address.
  Address numeric = sockaddr;
  if (inet != nullptr && host.is_ipv6()) numeric = Inet6Address{host, port};
  if (inet6 != nullptr && host.is_ipv4())
    return fail(kOperation, UsageErrc::address_form, static_cast<std::int32_t>(af_inet.value()));
  return renamed(kOperation, backend.resolver().getnameinfo(numeric, flags));
}

Result<std::string> gethostname(Backend& backend) {
  return renamed(Operation::gethostname, backend.resolver().gethostname());
}

Result<std::vector<InterfaceName>> if_nameindex(Backend& backend) {
  return renamed(Operation::if_nameindex, backend.resolver().if_nameindex());
}

Result<std::uint32_t> if_nametoindex(std::string_view if_name, Backend& backend) {
  if (if_name.find('\0') != std::string_view::npos) return fail(Operation::if_nametoindex, UsageErrc::embedded_nul);
  return renamed(Operation::if_nametoindex, backend.resolver().if_nametoindex(if_name));
}

Result<std::string> if_indextoname(std::uint32_t if_index, Backend& backend) {
  return renamed(Operation::if_indextoname, backend.resolver().if_indextoname(if_index));
}

}  // namespace everysock
