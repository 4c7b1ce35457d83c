// A client's questions about names, addresses and interfaces.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_
#define EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/protocol/frames.h"
#include "everysock/resolver.h"
#include "web/proxy/session/session_state.h"

namespace everysock::proxy {

// Lookups go to the pool; `owner` is what must still exist when their answer comes. Refused by a rule: EACCES. Too many
// a second, or waiting: EAI_AGAIN or TRY_AGAIN, as of a name server that is overloaded. What has neither, ENOBUFS.
class NameRequests {
 public:
  explicit NameRequests(SessionState& session) : session_(session) {}

  void on_request(const websocket::GetAddrInfo& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetNameInfo& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetHostByNameEx& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetHostByAddr& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetServByName& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetServByPort& request, std::weak_ptr<void> owner);
  void on_request(const websocket::GetProtoByName& request, std::weak_ptr<void> owner);
  void on_request(const websocket::SetHostName& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfNameIndex& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfNameToIndex& request, std::weak_ptr<void> owner);
  void on_request(const websocket::IfIndexToName& request, std::weak_ptr<void> owner);

 private:
  // Whether a name server may be asked; replies where it may not.
  bool may_look_up(std::uint32_t request, Error too_many, std::string_view host);
  bool may_look_up(std::uint32_t request, Error too_many, const Address& address);
  // Whether no text has a NUL in it; replies where one has. A system ends a text there, so that a name would be looked
  // up that no rule has seen.
  bool are_whole(std::uint32_t request, Operation operation,
                 std::initializer_list<std::optional<std::string_view>> texts);
  bool within_rate(std::uint32_t request, Error too_many, std::string_view target);
  void look_up(std::uint32_t request, Error too_many, std::weak_ptr<void> owner, LookupPool::Lookup lookup);
  bool refuse_machine_facts(std::uint32_t request, Operation operation);
  void refuse(std::uint32_t request, Operation operation, std::string_view target, std::string_view reason);
  void reply_failed(std::uint32_t request, Error error);
  void reply(std::uint32_t request, const std::string& host, const Result<std::vector<AddressInfo>>& result);
  void reply(std::uint32_t request, const Result<HostEntry>& result);
  template <typename Reply>
  void reply_done(const Reply& reply);

  SessionState& session_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_NAME_REQUESTS_H_
