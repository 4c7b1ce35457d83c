#include <algorithm>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {
namespace {

// The reply that a request of this type has when it succeeds.
FrameType reply_type(FrameType request) noexcept {
  switch (request) {
    case FrameType::get_option:
      return FrameType::option_value;
    case FrameType::getaddrinfo:
      return FrameType::address_list;
    case FrameType::getnameinfo:
      return FrameType::name_info;
    case FrameType::if_nameindex:
      return FrameType::interface_list;
    case FrameType::if_nametoindex:
      return FrameType::interface_index;
    case FrameType::if_indextoname:
      return FrameType::interface_name;
    case FrameType::gethostbyname_ex:
    case FrameType::gethostbyaddr:
      return FrameType::host_entry;
    case FrameType::getservbyname:
      return FrameType::service_port;
    case FrameType::getservbyport:
      return FrameType::service_name;
    case FrameType::getprotobyname:
      return FrameType::protocol_number;
    default:
      return FrameType::done;
  }
}

void take_names(SocketState& socket, const Done& body) {
  if (!std::holds_alternative<std::monostate>(body.local)) socket.local = body.local;
  if (!std::holds_alternative<std::monostate>(body.peer)) socket.peer = body.peer;
}

}  // namespace

template <typename Body>
ClientEngine::Outcome ClientEngine::on_reply(const Frame& frame, const Body& body) {
  const auto found = pending_.find(body.request);
  if (found == pending_.end() || found->second.handle != frame.handle) return ProtocolError::unknown_request;
  constexpr bool success = Body::type_number != FrameType::failed;
  if (success && reply_type(found->second.type) != Body::type_number) return ProtocolError::wrong_reply;
  const Pending pending = std::move(found->second);
  pending_.erase(found);
  if (pending.type == FrameType::close) live_.erase(pending.handle);
  if (pending.optimistic) --pending.socket->unanswered;
  // Closed by the program in the meantime: nobody is interested.
  const bool interested = pending.socket == nullptr || pending.socket->phase != Phase::closed;
  if constexpr (success) {
    if (interested) fill(pending, body);
  } else {
    if (interested) failed(pending, body.error);
  }
  if (pending.reply != nullptr) {
    pending.reply->ended = true;
    if (pending.reply->watcher != nullptr) pending.reply->watcher->wake();
  }
  if (pending.socket != nullptr && interested) pending.socket->changed();
  if (pending.second != nullptr) pending.second->changed();
  return std::nullopt;
}

template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const Done&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const Failed&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const OptionValue&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const AddressList&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const NameInfoReply&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const InterfaceList&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const InterfaceIndex&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const InterfaceNameReply&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const HostEntryReply&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const ServicePort&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const ServiceName&);
template ClientEngine::Outcome ClientEngine::on_reply(const Frame&, const ProtocolNumber&);

void ClientEngine::fill(const Pending& pending, const Done& body) {
  if (pending.type == FrameType::sethostname && pending.reply != nullptr) server_.hostname = pending.reply->text;
  if (pending.socket == nullptr) return;
  SocketState& socket = *pending.socket;
  switch (pending.type) {
    case FrameType::connect:
      connected(pending, body);
      return;
    case FrameType::listen:
      socket.listen_pending = false;
      socket.phase = Phase::listening;
      break;
    case FrameType::open_pair:
      pending.second->local = body.peer;
      pending.second->peer = body.local;
      break;
    case FrameType::datagram:
    case FrameType::message:
      if (!std::holds_alternative<std::monostate>(pending.address)) {
        auto& known = socket.known_destinations;
        constexpr std::size_t most_known = 8;
        if (known.size() == most_known) known.erase(known.begin());
        if (std::find(known.begin(), known.end(), pending.address) == known.end()) known.push_back(pending.address);
      }
      break;
    case FrameType::shutdown:
      if (pending.reply != nullptr) {
        if (pending.how != shut_wr) socket.receive_shut = true;
        if (pending.how != shut_rd) socket.send_shut = true;
        // Linux: a listening or connecting socket that is shut down is a fresh one again.
        if (socket.phase == Phase::listening && pending.how != shut_wr) socket.phase = Phase::open;
      }
      break;
    case FrameType::set_option:
      apply(socket, pending.option);
      remember(socket, pending.option);
      break;
    default:
      break;
  }
  take_names(socket, body);
}

void ClientEngine::connected(const Pending& pending, const Done& body) {
  SocketState& socket = *pending.socket;
  const bool takes_peer_away = std::holds_alternative<std::monostate>(pending.address);
  if (socket.has_connections() && !takes_peer_away) {
    socket.phase = Phase::connected;
    socket.connect_succeeded = true;
  } else if (socket.has_connections()) {
    socket.phase = Phase::open;
  }
  socket.known_destinations.clear();
  take_names(socket, body);
  if (takes_peer_away) {
    socket.peer = {};
  } else if (std::holds_alternative<std::monostate>(body.peer)) {
    socket.peer = pending.address;
  }
}

void ClientEngine::fill(const Pending& pending, const OptionValue& body) {
  KnownOption option = pending.option;
  option.value = body.value.bytes;
  remember(*pending.socket, option);
  if (pending.reply != nullptr) pending.reply->text = option.value;
}

void ClientEngine::fill(const Pending& pending, const AddressList& body) {
  if (pending.reply == nullptr) return;
  for (const WireAddressInfo& info : body.addresses) {
    pending.reply->addresses.push_back({info.family, info.type, info.proto, std::string(info.canonname), info.address});
  }
}

void ClientEngine::fill(const Pending& pending, const NameInfoReply& body) {
  if (pending.reply == nullptr) return;
  pending.reply->text = body.host;
  pending.reply->service = body.service;
}

void ClientEngine::fill(const Pending& pending, const InterfaceList& body) {
  if (pending.reply == nullptr) return;
  for (const WireInterface& interface : body.interfaces) {
    pending.reply->interfaces.push_back({interface.index, std::string(interface.name)});
  }
}

void ClientEngine::fill(const Pending& pending, const InterfaceIndex& body) {
  if (pending.reply != nullptr) pending.reply->number = body.index;
}

void ClientEngine::fill(const Pending& pending, const InterfaceNameReply& body) {
  if (pending.reply != nullptr) pending.reply->text = body.name;
}

void ClientEngine::fill(const Pending& pending, const HostEntryReply& body) {
  if (pending.reply == nullptr) return;
  HostEntry& host = pending.reply->host;
  host.hostname = body.hostname;
  for (const WireAlias& alias : body.aliases) host.aliaslist.emplace_back(alias.name);
  for (const WireHostAddress& entry : body.addresses) {
    if (const auto* inet = std::get_if<InetAddress>(&entry.address)) host.ipaddrlist.push_back(inet->host.str());
    if (const auto* inet6 = std::get_if<Inet6Address>(&entry.address)) host.ipaddrlist.push_back(inet6->host.str());
  }
}

void ClientEngine::fill(const Pending& pending, const ServicePort& body) {
  if (pending.reply != nullptr) pending.reply->number = body.port;
}

void ClientEngine::fill(const Pending& pending, const ServiceName& body) {
  if (pending.reply != nullptr) pending.reply->text = body.name;
}

void ClientEngine::fill(const Pending& pending, const ProtocolNumber& body) {
  if (pending.reply != nullptr) pending.reply->number = body.number.value();
}

void ClientEngine::failed(const Pending& pending, Error error) {
  error = error.in(pending.operation);
  if (pending.reply != nullptr) pending.reply->error = error;
  if (pending.socket == nullptr) return;
  SocketState& socket = *pending.socket;
  if (pending.type == FrameType::connect && socket.has_connections() &&
      !std::holds_alternative<std::monostate>(pending.address)) {
    socket.phase = Phase::open;
    socket.connect_failed = is_common(socket.family);  // which others do not remember
    socket.pending_error = error;
    return;
  }
  if (pending.type == FrameType::listen) socket.listen_pending = false;
  if (pending.type == FrameType::open_pair) {
    socket.broken = pending.second->broken = true;
    pending.second->pending_error = error;
    socket.pending_error = error;
    return;
  }
  if (pending.reply == nullptr) socket.pending_error = error;
}

}  // namespace everysock::websocket
