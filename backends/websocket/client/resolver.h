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
  template <typename Ask>
  Result<Reply> ask(Operation operation, Ask ask);

  Session& session_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_RESOLVER_H_
