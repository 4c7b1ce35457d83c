// The names of services and protocols: services(5), protocols(5).
//
//   create_server({"", getservbyname("http", "tcp").value()});
//   Socket s = socket(af_inet, sock_raw, getprotobyname("icmp").value()).value();
//
// Any thread. Names are compared as they are. A NUL in one is a usage error (embedded_nul).
//
// Source: Python documentation, "Other functions" (spec rows function/getservbyname, getservbyport, getprotobyname);
// getservbyname(3), getprotobyname(3).
#ifndef EVERYSOCK_SERVICES_H_
#define EVERYSOCK_SERVICES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "everysock/constants.h"
#include "everysock/default_backend.h"
#include "everysock/error.h"

namespace everysock {

// The port of a service, "http" or "domain", on the protocol "tcp" or "udp"; without one, on any.
// UsageErrc::service_not_found. Audit event: audit::Getservbyname.
Result<std::uint16_t> getservbyname(std::string_view servicename,
                                    std::optional<std::string_view> protocolname = std::nullopt,
                                    Backend& backend = default_backend());

// The name of the service on a port. UsageErrc::port_out_of_range (not 0-65535), port_not_found. Audit event:
// audit::Getservbyport.
Result<std::string> getservbyport(std::int32_t port, std::optional<std::string_view> protocolname = std::nullopt,
                                  Backend& backend = default_backend());

// The number of a protocol, "icmp" or "tcp", as the third argument of socket(). UsageErrc::protocol_not_found.
Result<Protocol> getprotobyname(std::string_view protocolname, Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_SERVICES_H_
