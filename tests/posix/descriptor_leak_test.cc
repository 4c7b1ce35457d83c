// Descriptors that come in messages are the program's or nobody's: none stays open behind its back.
#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <span>
#include <vector>

#include "everysock/socket.h"

namespace everysock {
namespace {

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return std::distance(begin(entries), end(entries));
}

struct Channel {
  Socket sender;
  Socket receiver;
};

// With a message of three descriptors on its way.
Channel loaded(SocketKind kind) {
  auto [a, b] = socketpair(af_unix, kind).value();
  const std::int64_t fd = a.fileno();
  CHECK(send_fds(a, {"m"}, {fd, fd, fd}).value() == 1);
  return {std::move(a), std::move(b)};
}

TEST_CASE("descriptors that do not fit are closed") {
  for (const SocketKind kind : {sock_stream, sock_dgram, sock_seqpacket}) {
    for (std::ptrdiff_t room = 0; room <= 3; ++room) {
      CAPTURE(room);
      Channel c = loaded(kind);
      const std::ptrdiff_t before = open_descriptors();
      const ReceivedFds got = recv_fds(c.receiver, 10, room).value();
      CHECK(got.msg_flags.has(msg_ctrunc) == (room < 3));
      CHECK(open_descriptors() == before + static_cast<std::ptrdiff_t>(got.fds.size()));
      for (const std::int64_t fd : got.fds) CHECK(close(fd));
      CHECK(open_descriptors() == before);
    }
  }
}

TEST_CASE("calls that do not ask for ancillary data leave none behind") {
  for (const SocketKind kind : {sock_stream, sock_dgram, sock_seqpacket}) {
    Channel c = loaded(kind);
    const std::ptrdiff_t before = open_descriptors();
    CHECK(c.receiver.recv(10).value() == "m");
    CHECK(open_descriptors() == before);
  }
}

TEST_CASE("what nobody receives is closed with the socket") {
  const std::ptrdiff_t before = open_descriptors();
  { const Channel c = loaded(sock_stream); }
  CHECK(open_descriptors() == before);
}

TEST_CASE("calls that fail leave nothing open") {
  Channel c = loaded(sock_stream);
  const std::ptrdiff_t before = open_descriptors();
  CHECK(recv_fds(c.receiver, -1, 1).error() == UsageErrc::negative_size);
  const MutableBuffer null(nullptr, 5);
  CHECK(c.receiver.recvmsg_into(std::span(&null, 1), 100).error() == UsageErrc::null_buffer);
  // The system sees what no check before the call can see: memory that is not there.
  const MutableBuffer nowhere(reinterpret_cast<void*>(std::uintptr_t{16}), 5);
  CHECK(c.receiver.recvmsg_into(std::span(&nowhere, 1), 100).error() == Errc::efault);
  CHECK(open_descriptors() == before);
}

}  // namespace
}  // namespace everysock
