// The sockets of a WASI 0.2 host (wasi:sockets): TCP and UDP over IPv4 and IPv6, and the lookup of names.
//
//   std::unique_ptr<Backend> backend = new_wasi_backend(new_memory_backend());
//
// It is the default backend of WASI programs; docs/wasi.md says how one becomes a component, and what WASI lacks.
// Programs have one thread: a call on a blocking socket waits in the host's poll.
#ifndef EVERYSOCK_BACKENDS_WASI_WASI_BACKEND_H_
#define EVERYSOCK_BACKENDS_WASI_WASI_BACKEND_H_

#include <memory>

#include "everysock/backend.h"

namespace everysock {

// `local` carries out what needs no host: AF_UNIX socket pairs, numeric addresses in getaddrinfo and getnameinfo, and
// the tables of services and protocols. Its clock does not matter. EDEADLK from a call on a pair that waits without a
// time-out: nobody else could ever end its waiting.
std::unique_ptr<Backend> new_wasi_backend(std::unique_ptr<Backend> local);

// The same for WASI preview 1, which makes no sockets. Those that a program inherits are taken up by their descriptors,
// received from, sent to, waited for and shut down; all else is refused:
//
//   Socket s = socket_from_fileno(3, {.family = af_inet}).value();
//
// It is the default backend of programs that link everysock::wasi_preview1. `local` answers for names and services.
std::unique_ptr<Backend> new_wasi_preview1_backend(std::unique_ptr<Backend> local);

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_WASI_WASI_BACKEND_H_
