// Protocols by name: what /etc/protocols says of those that programs ask for.
#ifndef EVERYSOCK_BACKENDS_MEMORY_PROTOCOLS_H_
#define EVERYSOCK_BACKENDS_MEMORY_PROTOCOLS_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace everysock::memory {

// The number of a protocol, by its name or its alias.
std::optional<std::uint32_t> protocol_number(std::string_view name);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_PROTOCOLS_H_
