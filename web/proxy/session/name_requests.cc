#include "web/proxy/session/name_requests.h"

#include <algorithm>
#include <utility>

namespace everysock::proxy {

namespace ws = websocket;

namespace {

// With names of 255 bytes, this many results fit a frame.
constexpr std::size_t kMaxResults = 512;

std::optional<std::string> owned(const std::optional<std::string_view>& text) {
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

}  // namespace

void NameRequests::reply_failed(std::uint32_t request, Error error) {
  session_.pending_requests.erase(request);
  session_.reply_failed(ws::session_handle, request, error);
}

void NameRequests::refuse(std::uint32_t request, Operation operation, std::string_view target,
                          std::string_view reason) {
  session_.audit_refusal("lookup", target, reason);
  reply_failed(request, Error(operation, Errc::eacces));
}

bool NameRequests::are_whole(std::uint32_t request, Operation operation,
                             std::initializer_list<std::optional<std::string_view>> texts) {
  const bool any_nul = std::any_of(texts.begin(), texts.end(),
                                   [](auto text) { return text && text->find('\0') != std::string_view::npos; });
  if (any_nul) reply_failed(request, Error(operation, UsageErrc::embedded_nul));
  return !any_nul;
}

bool NameRequests::within_rate(std::uint32_t request, Error too_many, std::string_view target) {
  if (session_.lookup_rate.take(session_.context.loop.now())) return true;
  session_.context.metrics.add(Metric::quota_refused);
  session_.audit("lookup", target, "refused", "more lookups per second than allowed");
  reply_failed(request, too_many);
  return false;
}

bool NameRequests::may_look_up(std::uint32_t request, Error too_many, std::string_view host) {
  if (const auto refusal = session_.context.policy.lookup(host)) {
    refuse(request, too_many.operation(), host, *refusal);
    return false;
  }
  return within_rate(request, too_many, host);
}

bool NameRequests::may_look_up(std::uint32_t request, Error too_many, const Address& address) {
  const std::string target = to_string(address);
  if (const auto refusal = session_.context.policy.reverse_lookup(address)) {
    refuse(request, too_many.operation(), target, *refusal);
    return false;
  }
  return within_rate(request, too_many, target);
}

void NameRequests::look_up(std::uint32_t request, Error too_many, std::weak_ptr<void> owner,
                           LookupPool::Lookup lookup) {
  session_.pending_requests.insert(request);
  if (!session_.context.lookups.submit(std::move(owner), std::move(lookup))) {
    session_.context.metrics.add(Metric::quota_refused);
    return reply_failed(request, too_many);
  }
  session_.context.metrics.add(Metric::lookups);
}

template <typename Reply>
void NameRequests::reply_done(const Reply& reply) {
  session_.pending_requests.erase(reply.request);
  session_.outbox.add(ws::session_handle, reply);
}

// ---- addresses ----

void NameRequests::on_request(const ws::GetAddrInfo& request, std::weak_ptr<void> owner) {
  constexpr Error kTooMany(Operation::getaddrinfo, GaiErrc::again);
  const std::uint32_t number = request.request;
  if (!are_whole(number, Operation::getaddrinfo, {request.host, request.service})) return;
  const std::string host(request.host.value_or(""));
  const bool asks_a_server = request.host && Host(host).is_name() && !(request.flags & ai_numerichost);
  if (asks_a_server && !may_look_up(number, kTooMany, host)) return;
  AddressInfoQuery query{owned(request.host), owned(request.service), request.family,
                         request.type,        request.proto,          request.flags};
  look_up(number, kTooMany, std::move(owner),
          [this, number, host = asks_a_server ? host : std::string(), query = std::move(query)](Resolver& resolver) {
            return [this, number, host, result = resolver.getaddrinfo(query)] { reply(number, host, result); };
          });
}

void NameRequests::reply(std::uint32_t request, const std::string& host,
                         const Result<std::vector<AddressInfo>>& result) {
  if (!host.empty()) session_.audit("lookup", host, result ? "done" : "failed", result ? "" : result.error().name());
  if (!result) return reply_failed(request, result.error());
  if (!host.empty()) session_.context.policy.grant(host, *result, session_.grants);
  ws::AddressList list{.request = request, .addresses = {}};
  for (std::size_t i = 0; i < std::min(result->size(), kMaxResults); ++i) {
    const AddressInfo& info = (*result)[i];
    list.addresses.push_back({info.family, info.type, info.proto, info.canonname, info.address});
  }
  reply_done(list);
}

void NameRequests::on_request(const ws::GetNameInfo& request, std::weak_ptr<void> owner) {
  constexpr Error kTooMany(Operation::getnameinfo, GaiErrc::again);
  const std::uint32_t number = request.request;
  if (!request.flags.has(ni_numerichost) && !may_look_up(number, kTooMany, request.address)) return;
  look_up(number, kTooMany, std::move(owner),
          [this, number, address = request.address, flags = request.flags](Resolver& resolver) {
            return [this, number, result = resolver.getnameinfo(address, flags)] {
              if (!result) return reply_failed(number, result.error());
              reply_done(ws::NameInfoReply{number, result->host, result->service});
            };
          });
}

// ---- the host database ----

void NameRequests::on_request(const ws::GetHostByNameEx& request, std::weak_ptr<void> owner) {
  constexpr Error kTooMany(Operation::gethostbyname_ex, HostErrc::try_again);
  const std::uint32_t number = request.request;
  if (!are_whole(number, Operation::gethostbyname_ex, {request.name})) return;
  if (!may_look_up(number, kTooMany, request.name)) return;
  look_up(number, kTooMany, std::move(owner), [this, number, name = std::string(request.name)](Resolver& resolver) {
    return [this, number, name, result = resolver.gethostbyname_ex(name)] {
      session_.audit("lookup", name, result ? "done" : "failed", result ? "" : result.error().name());
      if (result) session_.context.policy.grant(name, result->ipaddrlist, session_.grants);
      reply(number, result);
    };
  });
}

void NameRequests::on_request(const ws::GetHostByAddr& request, std::weak_ptr<void> owner) {
  constexpr Error kTooMany(Operation::gethostbyaddr, HostErrc::try_again);
  const std::uint32_t number = request.request;
  if (!may_look_up(number, kTooMany, request.address)) return;
  look_up(number, kTooMany, std::move(owner), [this, number, address = request.address](Resolver& resolver) {
    return [this, number, result = resolver.gethostbyaddr(address)] { reply(number, result); };
  });
}

void NameRequests::reply(std::uint32_t request, const Result<HostEntry>& result) {
  if (!result) return reply_failed(request, result.error());
  ws::HostEntryReply entry{.request = request, .hostname = result->hostname, .aliases = {}, .addresses = {}};
  for (const std::string& alias : result->aliaslist) {
    if (entry.aliases.size() < kMaxResults) entry.aliases.push_back({alias});
  }
  for (const std::string& text : result->ipaddrlist) {
    const Host host(text);
    const Address address = host.is_ipv6() ? Address(Inet6Address{host, 0}) : Address(InetAddress{host, 0});
    if (entry.addresses.size() < kMaxResults) entry.addresses.push_back({address});
  }
  reply_done(entry);
}

// ---- services and protocols: no secret, but perhaps on another machine ----

void NameRequests::on_request(const ws::GetServByName& request, std::weak_ptr<void> owner) {
  const std::uint32_t number = request.request;
  if (!are_whole(number, Operation::getservbyname, {request.name, request.protocol})) return;
  look_up(number, Error(Operation::getservbyname, Errc::enobufs), std::move(owner),
          [this, number, name = std::string(request.name), protocol = owned(request.protocol)](Resolver& resolver) {
            return [this, number, result = resolver.getservbyname(name, protocol)] {
              if (!result) return reply_failed(number, result.error());
              reply_done(ws::ServicePort{number, *result});
            };
          });
}

void NameRequests::on_request(const ws::GetServByPort& request, std::weak_ptr<void> owner) {
  const std::uint32_t number = request.request;
  if (!are_whole(number, Operation::getservbyport, {request.protocol})) return;
  look_up(number, Error(Operation::getservbyport, Errc::enobufs), std::move(owner),
          [this, number, port = request.port, protocol = owned(request.protocol)](Resolver& resolver) {
            return [this, number, result = resolver.getservbyport(port, protocol)] {
              if (!result) return reply_failed(number, result.error());
              reply_done(ws::ServiceName{number, *result});
            };
          });
}

void NameRequests::on_request(const ws::GetProtoByName& request, std::weak_ptr<void> owner) {
  const std::uint32_t number = request.request;
  if (!are_whole(number, Operation::getprotobyname, {request.name})) return;
  look_up(number, Error(Operation::getprotobyname, Errc::enobufs), std::move(owner),
          [this, number, name = std::string(request.name)](Resolver& resolver) {
            return [this, number, result = resolver.getprotobyname(name)] {
              if (!result) return reply_failed(number, result.error());
              reply_done(ws::ProtocolNumber{number, *result});
            };
          });
}

// ---- the machine: asked of the system at once ----

void NameRequests::on_request(const ws::SetHostName& request, std::weak_ptr<void>) {
  const AccessPolicy& policy = session_.context.policy;
  if (const auto refusal = policy.set_hostname()) {
    session_.audit_refusal("sethostname", request.name, *refusal);
    return reply_failed(request.request, Error(Operation::sethostname, Errc::eacces));
  }
  if (!are_whole(request.request, Operation::sethostname, {request.name})) return;
  const auto result = session_.context.loop.served().resolver().sethostname(request.name);
  session_.audit_result("sethostname", request.name, result);
  if (!result) return reply_failed(request.request, result.error());
  if (!policy.machine_facts()) session_.context.hostname = request.name;  // what later clients are told
  reply_done(ws::Done{.request = request.request, .local = {}, .peer = {}});
}

bool NameRequests::refuse_machine_facts(std::uint32_t request, Operation operation) {
  const auto refusal = session_.context.policy.machine_facts();
  if (refusal) refuse(request, operation, operation_name(operation), *refusal);
  return refusal.has_value();
}

void NameRequests::on_request(const ws::IfNameIndex& request, std::weak_ptr<void>) {
  if (refuse_machine_facts(request.request, Operation::if_nameindex)) return;
  const auto result = session_.context.loop.served().resolver().if_nameindex();
  if (!result) return reply_failed(request.request, result.error());
  ws::InterfaceList list{.request = request.request, .interfaces = {}};
  for (const InterfaceName& interface : *result) list.interfaces.push_back({interface.index, interface.name});
  session_.outbox.add(ws::session_handle, list);
}

void NameRequests::on_request(const ws::IfNameToIndex& request, std::weak_ptr<void>) {
  if (refuse_machine_facts(request.request, Operation::if_nametoindex)) return;
  const auto result = session_.context.loop.served().resolver().if_nametoindex(request.name);
  if (!result) return reply_failed(request.request, result.error());
  session_.outbox.add(ws::session_handle, ws::InterfaceIndex{request.request, *result});
}

void NameRequests::on_request(const ws::IfIndexToName& request, std::weak_ptr<void>) {
  if (refuse_machine_facts(request.request, Operation::if_indextoname)) return;
  const auto result = session_.context.loop.served().resolver().if_indextoname(request.index);
  if (!result) return reply_failed(request.request, result.error());
  session_.outbox.add(ws::session_handle, ws::InterfaceNameReply{request.request, *result});
}

}  // namespace everysock::proxy
