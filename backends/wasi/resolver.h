// Names: those of hosts from the host of this program, all else from the backend for what needs none.
#ifndef EVERYSOCK_BACKENDS_WASI_RESOLVER_H_
#define EVERYSOCK_BACKENDS_WASI_RESOLVER_H_

#include <string>
#include <vector>

#include "everysock/resolver.h"

namespace everysock::wasi {

class WasiResolver final : public Resolver {
 public:
  explicit WasiResolver(Resolver& local) : local_(local) {}

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
  Resolver& local_;
};

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_RESOLVER_H_
