// Well-known services: what /etc/services says of those that programs ask for.
#ifndef EVERYSOCK_BACKENDS_MEMORY_SERVICES_H_
#define EVERYSOCK_BACKENDS_MEMORY_SERVICES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace everysock::memory {

enum class Transport : std::uint8_t { tcp, udp };

// The port of a service; none if it does not exist on that transport.
std::optional<std::uint16_t> service_port(std::string_view name, Transport transport);
// The name of the service on a port; "" for none.
std::string_view service_name(std::uint16_t port, Transport transport);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_SERVICES_H_
