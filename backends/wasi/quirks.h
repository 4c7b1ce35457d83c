// Where a host differs from wasi:sockets.
#ifndef EVERYSOCK_BACKENDS_WASI_QUIRKS_H_
#define EVERYSOCK_BACKENDS_WASI_QUIRKS_H_

namespace everysock::wasi {

// Whether tcp-socket.shutdown destroys the connection, both directions and what is on its way included: so it is with
// jco's preview2-shim (0.26 at least), where dropping the output stream is what sends the FIN.
bool shutdown_destroys();

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_QUIRKS_H_
