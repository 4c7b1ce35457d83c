// Which combinations of family, kind and protocol the protocol carries.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_

#include <optional>

#include "everysock/constants.h"
#include "everysock/error.h"
#include "everysock/feature.h"

namespace everysock::websocket {

// The error with which Linux refuses the combination (EPERM for raw sockets, which a proxy does not give), or nothing.
std::optional<Errc> check_form(AddressFamily family, SocketKind kind, Protocol protocol) noexcept;

// The feature that such sockets are. For combinations that check_form() accepts.
Feature feature_of(AddressFamily family, SocketKind kind) noexcept;

// What so_protocol says of it.
Protocol real_protocol(AddressFamily family, SocketKind kind, Protocol protocol) noexcept;

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_SOCKET_FORMS_H_
