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

void NameRequests::look_up(std::uint32_t request, Operation operation, std::weak_ptr<void> owner,
                           LookupPool::Lookup lookup) {
  session_.pending_requests.insert(request);
  if (!session_.context.lookups.submit(std::move(owner), std::move(lookup))) {
    session_.context.metrics.add(Metric::quota_refused);
    return reply_failed(request, Error(operation, GaiErrc::again));
  }
  session_.context.metrics.add(Metric::lookups);
}

void NameRequests::on_request(const ws::GetAddrInfo& request, std::weak_ptr<void> owner) {
  const std::uint32_t number = request.request;
  const std::string host(request.host.value_or(""));
  const bool asks_a_server = request.host && Host(host).is_name() && !(request.flags & ai_numerichost);
  if (asks_a_server) {
    if (const auto refusal = session_.context.policy.lookup(host)) {
      return refuse(number, Operation::getaddrinfo, host, *refusal);
    }
    if (!session_.lookup_rate.take(session_.context.loop.now())) {
      session_.context.metrics.add(Metric::quota_refused);
      session_.audit("lookup", host, "refused", "more lookups per second than allowed");
      return reply_failed(number, Error(Operation::getaddrinfo, GaiErrc::again));
    }
  }
  AddressInfoQuery query{owned(request.host), owned(request.service), request.family,
                         request.type,        request.proto,          request.flags};
  look_up(number, Operation::getaddrinfo, std::move(owner),
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
  session_.pending_requests.erase(request);
  session_.outbox.add(ws::session_handle, list);
}

void NameRequests::on_request(const ws::GetNameInfo& request, std::weak_ptr<void> owner) {
  const std::uint32_t number = request.request;
  if (!request.flags.has(ni_numerichost)) {
    const std::string target = to_string(request.address);
    if (const auto refusal = session_.context.policy.reverse_lookup(request.address)) {
      return refuse(number, Operation::getnameinfo, target, *refusal);
    }
    if (!session_.lookup_rate.take(session_.context.loop.now())) {
      session_.context.metrics.add(Metric::quota_refused);
      return reply_failed(number, Error(Operation::getnameinfo, GaiErrc::again));
    }
  }
  look_up(number, Operation::getnameinfo, std::move(owner),
          [this, number, address = request.address, flags = request.flags](Resolver& resolver) {
            return [this, number, result = resolver.getnameinfo(address, flags)] {
              if (!result) return reply_failed(number, result.error());
              session_.pending_requests.erase(number);
              session_.outbox.add(ws::session_handle, ws::NameInfoReply{number, result->host, result->service});
            };
          });
}

// ---- interfaces: asked of the system at once ----

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
