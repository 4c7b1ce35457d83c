// The first byte of an address on the wire.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_

#include <cstdint>

namespace everysock::websocket {

enum class AddressTag : std::uint8_t { none = 0, inet = 1, inet6 = 2, unix_name = 3, opaque = 4 };

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_ADDRESS_TAG_H_
