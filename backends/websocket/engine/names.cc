#include "backends/websocket/engine/client_engine.h"

namespace everysock::websocket {
namespace {

// Texts on the wire have a length of 16 bits; no name that means anything is nearly as long.
constexpr std::size_t longest_name = 4096;

}  // namespace

Result<void> ClientEngine::getaddrinfo(const AddressInfoQuery& query, Reply& reply) {
  if ((query.host && query.host->size() > longest_name) || (query.service && query.service->size() > longest_name)) {
    return fail(Operation::getaddrinfo, GaiErrc::noname);
  }
  if (query.family.is_native()) return fail(Operation::getaddrinfo, GaiErrc::family);
  if (query.type.is_native() || query.proto.is_native()) return fail(Operation::getaddrinfo, GaiErrc::socktype);
  send_request(Pending{.type = FrameType::getaddrinfo, .reply = &reply, .operation = Operation::getaddrinfo},
               GetAddrInfo{.host = query.host,
                           .service = query.service,
                           .family = query.family,
                           .type = query.type,
                           .proto = query.proto,
                           .flags = query.flags});
  return {};
}

Result<void> ClientEngine::getnameinfo(const Address& address, NameInfoFlags flags, Reply& reply) {
  send_request(Pending{.type = FrameType::getnameinfo, .reply = &reply, .operation = Operation::getnameinfo},
               GetNameInfo{.flags = flags, .address = address});
  return {};
}

Result<void> ClientEngine::if_nameindex(Reply& reply) {
  send_request(Pending{.type = FrameType::if_nameindex, .reply = &reply, .operation = Operation::if_nameindex},
               IfNameIndex{});
  return {};
}

Result<void> ClientEngine::if_nametoindex(std::string_view name, Reply& reply) {
  if (name.size() > longest_name) return fail(Operation::if_nametoindex, Errc::enodev);
  send_request(Pending{.type = FrameType::if_nametoindex, .reply = &reply, .operation = Operation::if_nametoindex},
               IfNameToIndex{.name = name});
  return {};
}

Result<void> ClientEngine::if_indextoname(std::uint32_t index, Reply& reply) {
  send_request(Pending{.type = FrameType::if_indextoname, .reply = &reply, .operation = Operation::if_indextoname},
               IfIndexToName{.index = index});
  return {};
}

Result<void> ClientEngine::gethostbyname_ex(std::string_view name, Reply& reply) {
  if (name.size() > longest_name) return fail(Operation::gethostbyname_ex, HostErrc::host_not_found);
  send_request(Pending{.type = FrameType::gethostbyname_ex, .reply = &reply, .operation = Operation::gethostbyname_ex},
               GetHostByNameEx{.name = name});
  return {};
}

Result<void> ClientEngine::gethostbyaddr(const Address& address, Reply& reply) {
  send_request(Pending{.type = FrameType::gethostbyaddr, .reply = &reply, .operation = Operation::gethostbyaddr},
               GetHostByAddr{.address = address});
  return {};
}

Result<void> ClientEngine::getservbyname(std::string_view name, std::optional<std::string_view> protocol,
                                         Reply& reply) {
  if (name.size() > longest_name || (protocol && protocol->size() > longest_name)) {
    return fail(Operation::getservbyname, UsageErrc::service_not_found);
  }
  send_request(Pending{.type = FrameType::getservbyname, .reply = &reply, .operation = Operation::getservbyname},
               GetServByName{.name = name, .protocol = protocol});
  return {};
}

Result<void> ClientEngine::getservbyport(std::uint16_t port, std::optional<std::string_view> protocol, Reply& reply) {
  if (protocol && protocol->size() > longest_name) return fail(Operation::getservbyport, UsageErrc::port_not_found);
  send_request(Pending{.type = FrameType::getservbyport, .reply = &reply, .operation = Operation::getservbyport},
               GetServByPort{.port = port, .protocol = protocol});
  return {};
}

Result<void> ClientEngine::getprotobyname(std::string_view name, Reply& reply) {
  if (name.size() > longest_name) return fail(Operation::getprotobyname, UsageErrc::protocol_not_found);
  send_request(Pending{.type = FrameType::getprotobyname, .reply = &reply, .operation = Operation::getprotobyname},
               GetProtoByName{.name = name});
  return {};
}

Result<void> ClientEngine::sethostname(std::string_view name, Reply& reply) {
  if (name.size() > longest_name) return fail(Operation::sethostname, Errc::einval);
  reply.text = name;  // what gethostname() says from then on
  send_request(Pending{.type = FrameType::sethostname, .reply = &reply, .operation = Operation::sethostname},
               SetHostName{.name = name});
  return {};
}

}  // namespace everysock::websocket
