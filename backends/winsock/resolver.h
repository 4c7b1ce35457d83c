#ifndef EVERYSOCK_BACKENDS_WINSOCK_RESOLVER_H_
#define EVERYSOCK_BACKENDS_WINSOCK_RESOLVER_H_

#include "everysock/resolver.h"

namespace everysock::winsock {

// Winsock's resolver. Its databases answer in memory of the calling thread, so that threads do not meet.
class WinsockResolver final : public Resolver {
 public:
  // resolver.cc
  Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) override;
  Result<NameInfo> getnameinfo(const Address& address, NameInfoFlags flags) override;
  Result<std::string> gethostname() override;
  Result<void> sethostname(std::string_view name) override;

  // databases.cc
  Result<HostEntry> gethostbyname_ex(const std::string& name) override;
  Result<HostEntry> gethostbyaddr(const Address& address) override;
  Result<std::uint16_t> getservbyname(const std::string& name, const std::optional<std::string>& protocol) override;
  Result<std::string> getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) override;
  Result<Protocol> getprotobyname(const std::string& name) override;

  // interfaces.cc
  Result<std::vector<InterfaceName>> if_nameindex() override;
  Result<std::uint32_t> if_nametoindex(std::string_view name) override;
  Result<std::string> if_indextoname(std::uint32_t index) override;
};

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_RESOLVER_H_
