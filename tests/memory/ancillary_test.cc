// Handles and credentials beside the bytes.
#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include "support.h"

namespace everysock::testing {
namespace {

ControlMessage rights(const std::vector<int>& numbers) {
  return {sol_socket, scm_rights,
          std::string(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(int))};
}

std::vector<int> numbers_in(const ControlMessage& message) {
  std::vector<int> numbers(message.data.size() / sizeof(int));
  std::memcpy(numbers.data(), message.data.data(), message.data.size());
  return numbers;
}

int number(const Socket& socket) { return static_cast<int>(socket.fileno()); }

TEST_CASE("a socket passed through every kind") {
  const auto backend = new_memory_backend(1);
  for (const SocketKind kind : {sock_stream, sock_dgram, sock_seqpacket}) {
    CAPTURE(kind.value());
    auto [a, b] = socketpair(af_unix, kind, {}, *backend).value();
    auto [x, y] = socketpair(af_unix, sock_stream, {}, *backend).value();
    const ControlMessage control = rights({number(x), number(x)});
    CHECK(a.sendmsg({"two"}, {&control, 1}).value() == 3);
    x.close().value();
    const ReceivedMessage message = b.recvmsg(10, 64).value();
    CHECK(message.data == "two");
    CHECK(!message.msg_flags);
    REQUIRE(message.ancdata.size() == 1);
    const std::vector<int> numbers = numbers_in(message.ancdata[0]);
    REQUIRE(numbers.size() == 2);
    Socket first = socket_from_fileno(numbers[0], {}, *backend).value();
    Socket second = socket_from_fileno(numbers[1], {}, *backend).value();
    CHECK(first.get_inheritable().value());
    y.send("hello").value();
    CHECK(first.recv(10).value() == "hello");
    first.close().value();
    second.send("still").value();
    CHECK(y.recv(10).value() == "still");
    second.close().value();
    CHECK(y.recv(10).value().empty());
  }
}

TEST_CASE("what does not fit is closed, and said to be missing") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_dgram, {}, *backend).value();
  auto [x, y] = socketpair(af_unix, sock_stream, {}, *backend).value();
  const ControlMessage control = rights({number(x), number(x), number(x)});
  for (const int room : {0, 16, 20, 24}) {
    CAPTURE(room);
    a.sendmsg({"m"}, {&control, 1}).value();
    const ReceivedMessage message = b.recvmsg(10, room).value();
    CHECK(message.msg_flags == msg_ctrunc);
    const std::size_t expected = room < 20 ? 0 : room < 24 ? 1 : 2;
    CHECK((message.ancdata.empty() ? 0 : numbers_in(message.ancdata[0]).size()) == expected);
    for (const ControlMessage& item : message.ancdata) {
      for (const int handle : numbers_in(item)) close(handle, *backend).value();
    }
  }
  // Messages that nobody receives take their sockets with them.
  a.sendmsg({"m"}, {&control, 1}).value();
  x.close().value();
  b.close().value();
  CHECK(y.recv(10).value().empty());
}

TEST_CASE("msg_cmsg_cloexec, msg_peek and bad requests") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
  const ControlMessage control = rights({number(a)});
  a.sendmsg({"m"}, {&control, 1}).value();
  const ReceivedMessage peeked = b.recvmsg(10, 64, msg_peek).value();
  const ReceivedMessage message = b.recvmsg(10, 64, msg_cmsg_cloexec).value();
  REQUIRE(peeked.ancdata.size() == 1);
  REQUIRE(message.ancdata.size() == 1);
  CHECK(numbers_in(peeked.ancdata[0]) != numbers_in(message.ancdata[0]));
  Socket received = socket_from_fileno(numbers_in(message.ancdata[0])[0], {}, *backend).value();
  CHECK(!received.get_inheritable().value());

  const ControlMessage closed = rights({999});
  CHECK(a.sendmsg({"m"}, {&closed, 1}).error() == Errc::ebadf);
  const ControlMessage many = rights(std::vector<int>(254, number(a)));
  CHECK(a.sendmsg({"m"}, {&many, 1}).error() == Errc::einval);
  const ControlMessage unknown{sol_socket, ControlType(77), "data"};
  CHECK(a.sendmsg({"m"}, {&unknown, 1}).error() == Errc::einval);
  const ControlMessage other_level{sol_ip, ControlType(77), "data"};
  CHECK(a.sendmsg({"m"}, {&other_level, 1}).value() == 1);
}

TEST_CASE("handles divide a stream into messages") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
  const ControlMessage control = rights({number(a)});
  a.send("one ").value();
  a.sendmsg({"two "}, {&control, 1}).value();
  a.send("three").value();
  ReceivedMessage message = b.recvmsg(100, 64).value();
  CHECK(message.data == "one two ");
  CHECK(message.ancdata.size() == 1);
  message = b.recvmsg(100, 64).value();
  CHECK(message.data == "three");
  CHECK(message.ancdata.empty());
}

TEST_CASE("credentials") {
  TwoHosts hosts;
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *hosts.alpha).value();
  const std::string shown = a.getsockopt(sol_socket, so_peercred, 12).value();
  CHECK(shown.size() == 12);
  CHECK(b.recvmsg(0, 64, msg_dontwait).error() == Errc::eagain);
  b.setsockopt(sol_socket, so_passcred, 1).value();
  a.send("x").value();
  const ReceivedMessage message = b.recvmsg(10, 64).value();
  REQUIRE(message.ancdata.size() == 1);
  CHECK(message.ancdata[0] == ControlMessage{sol_socket, scm_credentials, shown});
  const ControlMessage own{sol_socket, scm_credentials, shown};
  CHECK(a.sendmsg({"y"}, {&own, 1}).value() == 1);
  const ControlMessage false_ones{sol_socket, scm_credentials, std::string(12, '\1')};
  CHECK(a.sendmsg({"y"}, {&false_ones, 1}).error() == Errc::eperm);
  const ControlMessage short_ones{sol_socket, scm_credentials, "abc"};
  CHECK(a.sendmsg({"y"}, {&short_ones, 1}).error() == Errc::einval);
  Socket c = socket(af_unix, sock_dgram, {}, *hosts.alpha).value();
  c.bind(UnixAddress{"/tmp/c"}).value();
  Socket d = socket(af_unix, sock_dgram, {}, *hosts.alpha).value();
  d.setsockopt(sol_socket, so_passcred, 1).value();
  d.connect(UnixAddress{"/tmp/c"}).value();
  CHECK(std::get<UnixAddress>(d.getsockname().value()).path.size() == 6);  // so that answers can be sent
}

}  // namespace
}  // namespace everysock::testing
