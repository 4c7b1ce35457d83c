// A client's questions about names, addresses and interfaces.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_
#define EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_

#include <memory>
#include <string>
#include <vector>

#include "backends/websocket/protocol/frames.h"
#include "everysock/resolver.h"
#include "web/proxy/session/session_state.h"

namespace everysock::proxy {

// Lookups go to the pool; `owner` is what must still exist when their answer comes. Refused by a rule: EACCES. Too many
// a second, or waiting: EAI_AGAIN, as of a name server that is overloaded.
class NameRequests {
 public:
  explicit NameRequests(SessionState& session) : session_(session) {}

  void on_request(const websocket::GetAddrInfo& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetNameInfo& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfNameIndex& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfNameToIndex& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfIndexToName& request, std::weak_ptr<void> owner);

 private:
  void look_up(std::uint32_t request, Operation operation, std::weak_ptr<void> owner, LookupPool::Lookup lookup);
  bool refuse_machine_facts(std::uint32_t request, Operation operation);
  void refuse(std::uint32_t request, Operation operation, std::string_view target, std::string_view reason);
  void reply_failed(std::uint32_t request, Error error);
  void reply(std::uint32_t request, const std::string& host, const Result<std::vector<AddressInfo>>& result);

  SessionState& session_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_
