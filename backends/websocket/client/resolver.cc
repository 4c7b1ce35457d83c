#include "backends/websocket/client/resolver.h"

namespace everysock::websocket {

template <typename Ask>
Result<Reply> WebsocketResolver::ask(Operation operation, Ask ask) {
  Session::Lock lock(session_);
  if (!lock.may_block()) return fail(operation, UsageErrc::would_block_page);
  if (auto up = lock.connect(operation); !up) return Unexpected(up.error());
  Reply reply;
  if (auto asked = ask(lock.engine(), reply); !asked) return Unexpected(asked.error());
  if (auto answer = lock.wait(reply); !answer) return Unexpected(answer.error());
  return reply;
}

Result<std::vector<AddressInfo>> WebsocketResolver::getaddrinfo(const AddressInfoQuery& query) {
  auto reply = ask(Operation::getaddrinfo,
                   [&](ClientEngine& engine, Reply& answer) { return engine.getaddrinfo(query, answer); });
  if (!reply) return Unexpected(reply.error());
  if (reply->addresses.empty()) return fail(Operation::getaddrinfo, GaiErrc::noname);
  return std::move(reply->addresses);
}

Result<NameInfo> WebsocketResolver::getnameinfo(const Address& address, NameInfoFlags flags) {
  auto reply = ask(Operation::getnameinfo,
                   [&](ClientEngine& engine, Reply& answer) { return engine.getnameinfo(address, flags, answer); });
  if (!reply) return Unexpected(reply.error());
  return NameInfo{std::move(reply->text), std::move(reply->service)};
}

Result<HostEntry> WebsocketResolver::gethostbyname_ex(const std::string& name) {
  auto reply = ask(Operation::gethostbyname_ex,
                   [&](ClientEngine& engine, Reply& answer) { return engine.gethostbyname_ex(name, answer); });
  if (!reply) return Unexpected(reply.error());
  if (reply->host.ipaddrlist.empty()) return fail(Operation::gethostbyname_ex, HostErrc::no_data);
  return std::move(reply->host);
}

Result<HostEntry> WebsocketResolver::gethostbyaddr(const Address& address) {
  auto reply = ask(Operation::gethostbyaddr,
                   [&](ClientEngine& engine, Reply& answer) { return engine.gethostbyaddr(address, answer); });
  if (!reply) return Unexpected(reply.error());
  if (reply->host.ipaddrlist.empty()) return fail(Operation::gethostbyaddr, HostErrc::no_data);
  return std::move(reply->host);
}

Result<std::uint16_t> WebsocketResolver::getservbyname(const std::string& name,
                                                       const std::optional<std::string>& protocol) {
  auto reply = ask(Operation::getservbyname,
                   [&](ClientEngine& engine, Reply& answer) { return engine.getservbyname(name, protocol, answer); });
  if (!reply) return Unexpected(reply.error());
  return static_cast<std::uint16_t>(reply->number);
}

Result<std::string> WebsocketResolver::getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) {
  auto reply = ask(Operation::getservbyport,
                   [&](ClientEngine& engine, Reply& answer) { return engine.getservbyport(port, protocol, answer); });
  if (!reply) return Unexpected(reply.error());
  return std::move(reply->text);
}

Result<Protocol> WebsocketResolver::getprotobyname(const std::string& name) {
  auto reply = ask(Operation::getprotobyname,
                   [&](ClientEngine& engine, Reply& answer) { return engine.getprotobyname(name, answer); });
  if (!reply) return Unexpected(reply.error());
  return Protocol(reply->number);
}

Result<void> WebsocketResolver::sethostname(std::string_view name) {
  const auto reply = ask(Operation::sethostname,
                         [&](ClientEngine& engine, Reply& answer) { return engine.sethostname(name, answer); });
  if (!reply) return Unexpected(reply.error());
  return {};
}

Result<std::string> WebsocketResolver::gethostname() {
  Session::Lock lock(session_);
  if (auto up = lock.connect(Operation::gethostname); !up) return Unexpected(up.error());
  if (lock.engine().link() != ClientEngine::Link::up) {
    return fail(Operation::gethostname, UsageErrc::would_block_page);
  }
  return lock.engine().server().hostname;
}

Result<std::vector<InterfaceName>> WebsocketResolver::if_nameindex() {
  auto reply =
      ask(Operation::if_nameindex, [&](ClientEngine& engine, Reply& answer) { return engine.if_nameindex(answer); });
  if (!reply) return Unexpected(reply.error());
  return std::move(reply->interfaces);
}

Result<std::uint32_t> WebsocketResolver::if_nametoindex(std::string_view name) {
  auto reply = ask(Operation::if_nametoindex,
                   [&](ClientEngine& engine, Reply& answer) { return engine.if_nametoindex(name, answer); });
  if (!reply) return Unexpected(reply.error());
  return reply->number;
}

Result<std::string> WebsocketResolver::if_indextoname(std::uint32_t index) {
  auto reply = ask(Operation::if_indextoname,
                   [&](ClientEngine& engine, Reply& answer) { return engine.if_indextoname(index, answer); });
  if (!reply) return Unexpected(reply.error());
  return std::move(reply->text);
}

}  // namespace everysock::websocket
