// Plain sockets on the loopback interface, for the raw rows and for the other ends of all rows.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_

#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace everysock::benchmark {

// Owns a descriptor.
class RawSocket {
 public:
  explicit RawSocket(int fd) noexcept : fd_(fd) {}
  RawSocket(RawSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  RawSocket& operator=(RawSocket&& other) noexcept;
  ~RawSocket();
  int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

// 127.0.0.1 and `port`.
sockaddr_in raw_address(std::uint16_t port);

// Bound to 127.0.0.1 and a free port. `flags` go to socket(2): SOCK_NONBLOCK.
RawSocket raw_listener(int flags = 0);
RawSocket raw_datagram_socket();
std::uint16_t port_of(const RawSocket& socket);

// Connected to 127.0.0.1 and `port`.
RawSocket raw_connection(std::uint16_t port);

void do_not_block(int fd);

// close() then resets the connection: nothing stays behind in TIME_WAIT to slow the next rounds.
void reset_on_close(int fd);

void raw_send_all(int fd, const char* data, std::size_t size);
// Fails where the stream ends early.
void raw_receive_all(int fd, char* data, std::size_t size);

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_RAW_SOCKET_H_
