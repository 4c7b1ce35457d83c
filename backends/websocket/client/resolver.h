// Names, asked of the proxy.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_RESOLVER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_RESOLVER_H_

#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/client/session.h"
#include "everysock/resolver.h"

namespace everysock::websocket {

// On a thread that may not sleep every lookup is refused (UsageErrc::would_block_page), but gethostname() once the
// link is up.
class WebsocketResolver final : public Resolver {
 public:
  explicit WebsocketResolver(Session& session) noexcept : session_(session) {}

  Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) override;
  Result<NameInfo> getnameinfo(const Address& address, NameInfoFlags flags) override;
  Result<std::string> gethostname() override;
  Result<std::vector<InterfaceName>> if_nameindex() override;
  Result<std::uint32_t> if_nametoindex(std::string_view name) override;
  Result<std::string> if_indextoname(std::uint32_t index) override;

 private:
  template <typename Ask>
  Result<Reply> ask(Operation operation, Ask ask);

  Session& session_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_RESOLVER_H_
