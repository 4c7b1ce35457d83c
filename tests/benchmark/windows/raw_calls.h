// The bare Winsock calls of the raw rows and of the other ends. linux/raw_calls.h says the same of Linux.
#ifndef EVERYSOCK_TESTS_BENCHMARK_WINDOWS_RAW_CALLS_H_
#define EVERYSOCK_TESTS_BENCHMARK_WINDOWS_RAW_CALLS_H_

#include <cstddef>

#include "platform/windows/winsock_headers.h"

namespace everysock::benchmark {

using RawHandle = SOCKET;
using RawSize = int;
using RawLength = int;
using PollEntry = WSAPOLLFD;
inline constexpr RawHandle kNoHandle = INVALID_SOCKET;

inline RawHandle raw_open(int type) {
  return ::WSASocketW(AF_INET, type, 0, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}
inline RawHandle raw_accept(RawHandle listener) { return ::accept(listener, nullptr, nullptr); }
inline void raw_close(RawHandle socket) { ::closesocket(socket); }
inline bool raw_do_not_block(RawHandle socket) {
  u_long on = 1;
  return ::ioctlsocket(socket, FIONBIO, &on) == 0;
}

inline RawSize raw_send(RawHandle socket, const char* data, std::size_t size) {
  return ::send(socket, data, static_cast<int>(size), 0);
}
inline RawSize raw_receive(RawHandle socket, char* data, std::size_t size) {
  return ::recv(socket, data, static_cast<int>(size), 0);
}
inline RawSize raw_send_to(RawHandle socket, const char* data, std::size_t size, const sockaddr_in& peer) {
  return ::sendto(socket, data, static_cast<int>(size), 0, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer));
}
inline RawSize raw_receive_from(RawHandle socket, char* data, std::size_t size, sockaddr_in& peer) {
  RawLength length = sizeof(peer);
  return ::recvfrom(socket, data, static_cast<int>(size), 0, reinterpret_cast<sockaddr*>(&peer), &length);
}
inline bool raw_would_block() { return ::WSAGetLastError() == WSAEWOULDBLOCK; }

inline int raw_poll(PollEntry* entries, std::size_t count, int milliseconds) {
  return ::WSAPoll(entries, static_cast<ULONG>(count), milliseconds);
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_WINDOWS_RAW_CALLS_H_
