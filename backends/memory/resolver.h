// Names on the simulated network: localhost, the hosts and what has been added to them.
#ifndef EVERYSOCK_BACKENDS_MEMORY_RESOLVER_H_
#define EVERYSOCK_BACKENDS_MEMORY_RESOLVER_H_

#include <string>
#include <vector>

#include "backends/memory/ip.h"
#include "everysock/resolver.h"

namespace everysock::memory {

class Machine;
class Network;

class MemoryResolver final : public Resolver {
 public:
  MemoryResolver(Network& network, Machine& machine) : network_(network), machine_(machine) {}

  Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) override;
  Result<NameInfo> getnameinfo(const Address& address, NameInfoFlags flags) override;
  Result<HostEntry> gethostbyname_ex(const std::string& name) override;
  Result<HostEntry> gethostbyaddr(const Address& address) override;
  Result<std::uint16_t> getservbyname(const std::string& name, const std::optional<std::string>& protocol) override;
  Result<std::string> getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) override;
  Result<Protocol> getprotobyname(const std::string& name) override;
  Result<std::string> gethostname() override;
  Result<void> sethostname(std::string_view name) override;
  Result<std::vector<InterfaceName>> if_nameindex() override;
  Result<std::uint32_t> if_nametoindex(std::string_view name) override;
  Result<std::string> if_indextoname(std::uint32_t index) override;

 private:
  struct Found {
    std::vector<Endpoint> addresses;  // without ports
    std::string canonical_name;
  };
  Result<Found> find(const AddressInfoQuery& query) const;
  Result<Found> find_numeric(const AddressInfoQuery& query, bool& numeric) const;
  Result<Found> find_name(const AddressInfoQuery& query) const;
  std::string name_of(const Ip& ip) const;

  Network& network_;
  Machine& machine_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_RESOLVER_H_
