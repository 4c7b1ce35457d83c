// The two shortcuts that most programs start with.
//
// Source: Python documentation, "Creating sockets" (spec rows function/create_connection, create_server,
// has_dualstack_ipv6, B38-B41).
#ifndef EVERYSOCK_CONNECTION_H_
#define EVERYSOCK_CONNECTION_H_

#include <optional>
#include <string>
#include <vector>

#include "everysock/socket.h"

namespace everysock {

struct CreateConnectionOptions {
  // Set before connecting and kept by the result.
  Timeout timeout = Timeout::global_default();
  // Bound first; host "" and port 0 are the system's choice.
  std::optional<InetAddress> source_address = {};
  // Where not null: gets one error for each address tried, in order (documented as all_errors, an ExceptionGroup).
  // Emptied first; stays empty on success.
  std::vector<Error>* all_errors = nullptr;
};

// A TCP connection to (host, port): resolves the host for IPv4 and IPv6 and tries the results in order until one
// connects. Every failed attempt's socket is closed. Fails with the last attempt's error; with the gai error where the
// host cannot be resolved.
Result<Socket> create_connection(const InetAddress& address, const CreateConnectionOptions& options = {},
                                 Backend& backend = default_backend());

struct CreateServerOptions {
  AddressFamily family = af_inet;   // or af_inet6
  std::optional<int> backlog = {};  // none: the default of Socket::listen()
  bool reuse_port = false;          // SO_REUSEPORT; usage error where the backend lacks it
  // Serve IPv4 peers as well, shown as ::ffff:a.b.c.d. Needs af_inet6 and has_dualstack_ipv6().
  bool dualstack_ipv6 = false;
};

// A TCP socket bound to (host, port) and listening. SO_REUSEADDR is set except on Windows, where it means something
// else. An af_inet6 server without dualstack_ipv6 serves IPv6 alone, also where the system's default is otherwise.
// Errors as Socket::bind() and listen(); usage errors for options that do not go together. The socket is closed on any
// error.
Result<Socket> create_server(const InetAddress& address, const CreateServerOptions& options = {},
                             Backend& backend = default_backend());

// Whether IPv6 sockets can serve IPv4 peers here: tried with a fresh socket, which is closed again. Never fails.
bool has_dualstack_ipv6(Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_CONNECTION_H_
