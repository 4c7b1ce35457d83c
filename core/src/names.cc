#include "everysock/names.h"

#include "src/audit.h"
#include "src/host_name.h"
#include "src/renamed.h"

namespace everysock {
namespace {

using internal::renamed;

bool has_nul(const std::optional<std::string>& text) { return text && text->find('\0') != std::string::npos; }

std::optional<std::string_view> view(const std::optional<std::string>& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

}  // namespace

Result<std::vector<AddressInfo>> getaddrinfo(std::optional<std::string_view> host, const Service& port,
                                             AddressFamily family, SocketKind type, Protocol proto,
                                             AddressInfoFlags flags, Backend& backend) {
  constexpr Operation kOperation = Operation::getaddrinfo;
  AddressInfoQuery query{std::nullopt, port.text(), family, type.without_flags(), proto, flags};
  if (host) {
    auto name = internal::to_host_name(kOperation, *host);
    if (!name) return Unexpected(name.error());
    query.host = *std::move(name);
  }
  if (has_nul(query.service)) return fail(kOperation, UsageErrc::embedded_nul);
  const auto allowed = internal::audit<audit::Getaddrinfo>(kOperation, host, view(port.text()), family, type, proto);
  if (!allowed) return Unexpected(allowed.error());
  return renamed(kOperation, backend.resolver().getaddrinfo(query));
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
  const auto allowed = internal::audit<audit::Getnameinfo>(kOperation, sockaddr);
  if (!allowed) return Unexpected(allowed.error());
  if (host.is_name()) return fail(kOperation, GaiErrc::noname);
  // The text decides the family, as in the documentation: ("::1", 80) is an IPv6 address.
  Address numeric = sockaddr;
  if (inet != nullptr && host.is_ipv6()) numeric = Inet6Address{host, port};
  if (inet6 != nullptr && host.is_ipv4())
    return fail(kOperation, UsageErrc::address_form, static_cast<std::int32_t>(af_inet.value()));
  return renamed(kOperation, backend.resolver().getnameinfo(numeric, flags));
}

}  // namespace everysock
