// An echo server for many connections at once, as programs write one with Selector.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_SELECTOR_ECHO_SERVER_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_SELECTOR_ECHO_SERVER_H_

#include <cstdint>

#include "everysock/socket.h"

namespace everysock::benchmark {

// At a free port of 127.0.0.1.
Socket library_listener(Backend& backend);
std::uint16_t port_of(const Socket& socket);

// Returns once the listener is shut down.
void serve_with_selector(Socket& listener);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_SELECTOR_ECHO_SERVER_H_
