// The bare system calls of the raw rows and of the other ends. windows/raw_calls.h says the same of Winsock.
#ifndef EVERYSOCK_TESTS_BENCHMARK_LINUX_RAW_CALLS_H_
#define EVERYSOCK_TESTS_BENCHMARK_LINUX_RAW_CALLS_H_

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>

namespace everysock::benchmark {

using RawHandle = int;
using RawSize = ssize_t;      // what a transfer gives
using RawLength = socklen_t;  // of an address
using PollEntry = pollfd;     // one socket to wait for
inline constexpr RawHandle kNoHandle = -1;

inline RawHandle raw_open(int type) { return ::socket(AF_INET, type | SOCK_CLOEXEC, 0); }
inline RawHandle raw_accept(RawHandle listener) { return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); }
inline void raw_close(RawHandle socket) { ::close(socket); }
inline bool raw_do_not_block(RawHandle socket) { return ::fcntl(socket, F_SETFL, O_NONBLOCK) == 0; }

inline RawSize raw_send(RawHandle socket, const char* data, std::size_t size) {
  return ::send(socket, data, size, MSG_NOSIGNAL);
}
inline RawSize raw_receive(RawHandle socket, char* data, std::size_t size) { return ::recv(socket, data, size, 0); }
inline RawSize raw_send_to(RawHandle socket, const char* data, std::size_t size, const sockaddr_in& peer) {
  return ::sendto(socket, data, size, MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer));
}
inline RawSize raw_receive_from(RawHandle socket, char* data, std::size_t size, sockaddr_in& peer) {
  RawLength length = sizeof(peer);
  return ::recvfrom(socket, data, size, 0, reinterpret_cast<sockaddr*>(&peer), &length);
}
inline bool raw_would_block() { return errno == EAGAIN; }

inline int raw_poll(PollEntry* entries, std::size_t count, int milliseconds) {
  return ::poll(entries, count, milliseconds);
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_LINUX_RAW_CALLS_H_
