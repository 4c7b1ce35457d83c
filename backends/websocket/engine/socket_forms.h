// Which combinations of family, kind and protocol the protocol carries, and what they are.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_

#include <optional>

#include "everysock/address.h"
#include "everysock/constants.h"
#include "everysock/error.h"
#include "everysock/feature.h"

namespace everysock::websocket {

// AF_INET, AF_INET6 or AF_UNIX: what every proxy has. Others are for its rules and its system to judge.
bool is_common(AddressFamily family) noexcept;

// The error with which Linux refuses the combination (EPERM for raw sockets, which a proxy does not give), or nothing.
std::optional<Errc> check_form(AddressFamily family, SocketKind kind, Protocol protocol) noexcept;

// The feature that such sockets are. For combinations that check_form() accepts.
Feature feature_of(AddressFamily family, SocketKind kind, Protocol protocol) noexcept;

// What so_protocol says of it.
Protocol real_protocol(AddressFamily family, SocketKind kind, Protocol protocol) noexcept;

// The name of a socket that has none yet.
Result<Address> unbound_name(AddressFamily family, Protocol protocol) noexcept;

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_
