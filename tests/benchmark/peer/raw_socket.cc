#include "tests/benchmark/peer/raw_socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr int kBacklog = 4096;

RawSocket bound(int type) {
  RawSocket socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  must(socket.fd() >= 0, "socket");
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
  if (fd_ >= 0) ::close(fd_);
}

sockaddr_in raw_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

RawSocket raw_listener(int flags) {
  RawSocket socket = bound(SOCK_STREAM | flags);
  must(::listen(socket.fd(), kBacklog) == 0, "listen");
  return socket;
}

RawSocket raw_datagram_socket() { return bound(SOCK_DGRAM); }

std::uint16_t port_of(const RawSocket& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  must(::getsockname(socket.fd(), reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  return ntohs(address.sin_port);
}

RawSocket raw_connection(std::uint16_t port) {
  RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  must(socket.fd() >= 0, "socket");
  const sockaddr_in address = raw_address(port);
  must(::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0, "connect");
  return socket;
}

void do_not_block(int fd) { must(::fcntl(fd, F_SETFL, O_NONBLOCK) == 0, "O_NONBLOCK"); }

void reset_on_close(int fd) {
  const linger reset{.l_onoff = 1, .l_linger = 0};
  must(::setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)) == 0, "SO_LINGER");
}

void raw_send_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(fd, data, size, MSG_NOSIGNAL);
    must(sent >= 0, "send");
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

void raw_receive_all(int fd, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t received = ::recv(fd, data, size, 0);
    must(received >= 0, "recv");
    if (received == 0) give_up("recv", "the peer has gone");
    data += received;
    size -= static_cast<std::size_t>(received);
  }
}

}  // namespace everysock::benchmark
