// The databases of hosts, services and protocols.
#include <array>

#include "backends/winsock/resolver.h"
#include "platform/windows/constant_tables.h"
#include "platform/windows/winsock_headers.h"
#include "platform/windows/wsa_error.h"

namespace everysock::winsock {
namespace {

const char* c_string(const std::optional<std::string>& text) { return text ? text->c_str() : nullptr; }

Result<HostEntry> read_host(Operation operation, const hostent* found) {
  if (found == nullptr) return Unexpected(platform::wsa_host_error(operation, ::WSAGetLastError()));
  HostEntry entry;
  if (found->h_name != nullptr) entry.hostname = found->h_name;
  for (char** alias = found->h_aliases; alias != nullptr && *alias != nullptr; ++alias) {
    entry.aliaslist.emplace_back(*alias);
  }
  for (char** address = found->h_addr_list; address != nullptr && *address != nullptr; ++address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (::inet_ntop(found->h_addrtype, *address, text.data(), text.size()) == nullptr) {
      return fail(operation, platform::portable_wsa_error(::WSAGetLastError()));
    }
    entry.ipaddrlist.emplace_back(text.data());
  }
  if (entry.ipaddrlist.empty()) return fail(operation, HostErrc::no_data);
  return entry;
}

}  // namespace

Result<HostEntry> WinsockResolver::gethostbyname_ex(const std::string& name) {
  return read_host(Operation::gethostbyname_ex, ::gethostbyname(name.c_str()));
}

Result<HostEntry> WinsockResolver::gethostbyaddr(const Address& address) {
  constexpr Operation kOperation = Operation::gethostbyaddr;
  const auto* inet = std::get_if<InetAddress>(&address);
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  const auto family = platform::native_family(family_of(address));
  if ((inet == nullptr && inet6 == nullptr) || !family) return fail(kOperation, HostErrc::no_recovery);
  const auto bytes = (inet != nullptr ? inet->host : inet6->host).bytes();
  return read_host(kOperation, ::gethostbyaddr(reinterpret_cast<const char*>(bytes.data()),
                                               static_cast<int>(bytes.size()), *family));
}

Result<std::uint16_t> WinsockResolver::getservbyname(const std::string& name,
                                                     const std::optional<std::string>& protocol) {
  const servent* const found = ::getservbyname(name.c_str(), c_string(protocol));
  if (found == nullptr) return fail(Operation::getservbyname, UsageErrc::service_not_found);
  return (::ntohs)(static_cast<std::uint16_t>(found->s_port));
}

Result<std::string> WinsockResolver::getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) {
  const servent* const found = ::getservbyport((::htons)(port), c_string(protocol));
  if (found == nullptr) return fail(Operation::getservbyport, UsageErrc::port_not_found);
  return std::string(found->s_name);
}

Result<Protocol> WinsockResolver::getprotobyname(const std::string& name) {
  const protoent* const found = ::getprotobyname(name.c_str());
  if (found == nullptr) return fail(Operation::getprotobyname, UsageErrc::protocol_not_found);
  return Protocol(static_cast<std::uint32_t>(found->p_proto));
}

}  // namespace everysock::winsock
