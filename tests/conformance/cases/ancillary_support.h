// What the cases about ancillary data have in common.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_CASES_ANCILLARY_SUPPORT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_CASES_ANCILLARY_SUPPORT_H_

#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "framework/case.h"

namespace everysock::conformance {

// An ancbufsize for one item with so many bytes of data.
inline std::ptrdiff_t room_for(std::ptrdiff_t data_size) { return REQUIRE_OK(cmsg_space(data_size)); }

inline Result<std::size_t> send_with(Socket& socket, std::string_view text, const ControlMessage& item) {
  return socket.sendmsg({text}, {&item, 1});
}

inline ControlMessage rights_of(std::initializer_list<const Socket*> sockets) {
  Rights rights;
  for (const Socket* socket : sockets) rights.descriptors.push_back(socket->fileno());
  return rights.message();
}

// The descriptors that came with a message, as sockets.
inline std::vector<Socket> sockets_in(Context& t, std::span<const ControlMessage> ancdata) {
  std::vector<Socket> sockets;
  for (const ControlMessage& item : ancdata) {
    const auto rights = Rights::from(item);
    if (!rights) continue;
    for (const std::int64_t fd : rights->descriptors) {
      sockets.push_back(REQUIRE_OK(socket_from_fileno(fd, {}, t.backend())));
    }
  }
  return sockets;
}

// A connected pair whose first end is to be passed.
inline std::pair<Socket, Socket> stream_pair(Context& t) {
  return REQUIRE_OK(socketpair(af_unix, sock_stream, {}, t.backend()));
}

// Both ends speak to each other.
inline void require_connection(Context& t, Socket& one, Socket& other) {
  REQUIRE_OK(one.sendall("there"));
  REQUIRE_EQ(t.receive(other, 5), "there");
  REQUIRE_OK(other.sendall("and back"));
  REQUIRE_EQ(t.receive(one, 8), "and back");
}

// All descriptors of the other end have been closed.
inline void require_gone(Context& t, Socket& peer) {
  REQUIRE(t.ready(peer, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(peer.recv(1)), "");
}

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_CASES_ANCILLARY_SUPPORT_H_
