// Plain sockets on the loopback interface, for the raw rows and for the other ends of all rows.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "raw_calls.h"

namespace everysock::benchmark {

// Owns a descriptor.
class RawSocket {
 public:
  explicit RawSocket(RawHandle fd) noexcept : fd_(fd) {}
  RawSocket(RawSocket&& other) noexcept : fd_(std::exchange(other.fd_, kNoHandle)) {}
  RawSocket& operator=(RawSocket&& other) noexcept;
  ~RawSocket();
  RawHandle fd() const noexcept { return fd_; }

 private:
  RawHandle fd_;
};

// 127.0.0.1 and `port`.
sockaddr_in raw_address(std::uint16_t port);

// Bound to 127.0.0.1 and a free port.
RawSocket raw_listener();
RawSocket raw_datagram_socket();
std::uint16_t port_of(const RawSocket& socket);

// Connected to 127.0.0.1 and `port`.
RawSocket raw_connection(std::uint16_t port);

void do_not_block(RawHandle fd);

// close() then resets the connection: nothing stays behind in TIME_WAIT to slow the next rounds.
void reset_on_close(RawHandle fd);

void raw_send_all(RawHandle fd, const char* data, std::size_t size);
// Fails where the stream ends early.
void raw_receive_all(RawHandle fd, char* data, std::size_t size);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_
