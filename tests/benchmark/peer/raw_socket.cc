#include "tests/benchmark/peer/raw_socket.h"

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr int kBacklog = 4096;

RawSocket bound(int type) {
  RawSocket socket(raw_open(type));
  must(socket.fd() != kNoHandle, "socket");
  const sockaddr_in address = raw_address(0);
  must(::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0, "bind");
  return socket;
}

}  // namespace

RawSocket& RawSocket::operator=(RawSocket&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

RawSocket::~RawSocket() {
  if (fd_ != kNoHandle) raw_close(fd_);
}

sockaddr_in raw_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

RawSocket raw_listener() {
  RawSocket socket = bound(SOCK_STREAM);
  must(::listen(socket.fd(), kBacklog) == 0, "listen");
  return socket;
}

RawSocket raw_datagram_socket() { return bound(SOCK_DGRAM); }

std::uint16_t port_of(const RawSocket& socket) {
  sockaddr_in address{};
  RawLength size = sizeof(address);
  must(::getsockname(socket.fd(), reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  return ntohs(address.sin_port);
}

RawSocket raw_connection(std::uint16_t port) {
  RawSocket socket(raw_open(SOCK_STREAM));
  must(socket.fd() != kNoHandle, "socket");
  const sockaddr_in address = raw_address(port);
  must(::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0, "connect");
  return socket;
}

void do_not_block(RawHandle fd) { must(raw_do_not_block(fd), "non-blocking"); }

void reset_on_close(RawHandle fd) {
  const linger reset{.l_onoff = 1, .l_linger = 0};
  must(::setsockopt(fd, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&reset), sizeof(reset)) == 0, "SO_LINGER");
}

void raw_send_all(RawHandle fd, const char* data, std::size_t size) {
  while (size > 0) {
    const RawSize sent = raw_send(fd, data, size);
    must(sent >= 0, "send");
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

void raw_receive_all(RawHandle fd, char* data, std::size_t size) {
  while (size > 0) {
    const RawSize received = raw_receive(fd, data, size);
    must(received >= 0, "recv");
    if (received == 0) give_up("recv", "the peer has gone");
    data += received;
    size -= static_cast<std::size_t>(received);
  }
}

}  // namespace everysock::benchmark
