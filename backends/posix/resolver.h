#ifndef EVERYSOCK_BACKENDS_POSIX_RESOLVER_H_
#define EVERYSOCK_BACKENDS_POSIX_RESOLVER_H_

#include "everysock/resolver.h"

namespace everysock::posix {

// The C library's resolver.
class PosixResolver final : public Resolver {
 public:
  Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) override;
  Result<NameInfo> getnameinfo(const Address& address, NameInfoFlags flags) override;
  Result<std::string> gethostname() override;
  Result<std::vector<InterfaceName>> if_nameindex() override;
  Result<std::uint32_t> if_nametoindex(std::string_view name) override;
  Result<std::string> if_indextoname(std::uint32_t index) override;
};

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_RESOLVER_H_
