// The C library's databases of hosts, services and protocols (netdb.h), for any number of threads at a time.
#ifndef EVERYSOCK_PLATFORM_POSIX_NETDB_H_
#define EVERYSOCK_PLATFORM_POSIX_NETDB_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "everysock/error.h"
#include "everysock/resolver.h"

namespace everysock::platform {

// gethostbyname(3) and gethostbyaddr(3). `family` is the system's number, `address` in network order. Errors: HostErrc;
// a system error where h_errno says so.
Result<HostEntry> host_by_name(const std::string& name);
Result<HostEntry> host_by_address(int family, std::span<const std::uint8_t> address);

// getservbyname(3), getservbyport(3), getprotobyname(3); without a protocol any one will do.
std::optional<std::uint16_t> service_port(const std::string& name, const std::optional<std::string>& protocol);
std::optional<std::string> service_name(std::uint16_t port, const std::optional<std::string>& protocol);
std::optional<std::uint32_t> protocol_number(const std::string& name);

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_POSIX_NETDB_H_
