// The backend for programs whose sockets are somewhere else: a client of everysock-proxy, over one WebSocket. What a
// page in a browser has; natively it serves tests and machines that can reach nothing but a proxy.
//
//   auto network = everysock::new_websocket_backend({.url = "ws://127.0.0.1:8088/everysock", .token = "..."});
//   Socket s = create_connection({"example.org", 80}, {}, *network).value();
//
// docs/protocol.md says what goes over the wire, and in section 7 what this client decides by itself.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_WEBSOCKET_BACKEND_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_WEBSOCKET_BACKEND_H_

#include <cstdint>
#include <memory>
#include <string>

#include "everysock/backend.h"

namespace everysock {

namespace websocket {
class Transport;
}

struct WebsocketOptions {
  // "ws://host[:port][/path]". In a page "" stands for the origin that the page came from. The native transport speaks
  // no TLS and refuses wss://: put a TLS-terminating front before a remote proxy, or tunnel.
  std::string url = {};
  // What the proxy asks for; travels in the first frame, never in the URL.
  std::string token = {};
  // Bytes that the proxy may send for each socket before the program has read them: bounds the memory that a socket
  // takes here, and a single stream's speed (window / round-trip time).
  std::uint32_t window = 1024 * 1024;
  // Who opens the WebSocket; null for the platform's own. Belongs to the backend from then on.
  std::shared_ptr<websocket::Transport> transport = nullptr;
};

// The connection to the proxy is made when it is first needed, by open() or a lookup, and again by the next open()
// after it was lost. All sockets of a lost connection are dead: every call on them fails with ENETDOWN, and whoever was
// waiting is woken with that error. ENETDOWN is also what open() says when there is no proxy; EACCES, when it does not
// let us in (wrong token, origin or host).
//
// Threads: as for all backends. On a thread that may not be put to sleep (a page's own), a call on a blocking socket
// that would have to wait gives UsageErrc::would_block_page; non-blocking sockets and pollers with a callback work.
// There, bind(), listen(), shutdown() and options are sent without waiting, and a failure is reported by the next call
// on the socket, or so_error. A program linked SUSPENDING (docs/browser.md) may wait on a page's own thread, in main().
//
// What a socket sends is joined with what others send at the same time, and goes out from a thread of the transport.
std::unique_ptr<Backend> new_websocket_backend(WebsocketOptions options);

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_WEBSOCKET_BACKEND_H_
