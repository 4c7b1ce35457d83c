// Where a host differs from wasi:sockets.
#ifndef EVERYSOCK_BACKENDS_WASI_QUIRKS_H_
#define EVERYSOCK_BACKENDS_WASI_QUIRKS_H_

namespace everysock::wasi {

// Whether the host is jco's preview2-shim (0.26 at least), where
//   - tcp-socket.shutdown destroys the connection, both directions and what is on its way included; dropping the output
//     stream is what sends the FIN;
//   - output-stream.flush waits for the peer; what is on its way shows in how much less check-write permits;
//   - dropping a tcp-socket throws away what is on its way.
bool is_preview2_shim();

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_QUIRKS_H_
