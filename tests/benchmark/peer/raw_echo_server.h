// The echo server that Selector is compared with: a loop over the system's own way to wait for many sockets, epoll(7)
// on Linux. On Windows it is WSAPoll(): select() there ends at 64 sockets, completion ports do not tell of readiness.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_ECHO_SERVER_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_ECHO_SERVER_H_

#include "tests/benchmark/peer/raw_socket.h"

namespace everysock::benchmark {

// Does not return. The listener does not block.
void serve_raw(RawHandle listener);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_ECHO_SERVER_H_
