// What the library refuses before it asks anybody, and the life of a Socket object.
#include <doctest/doctest.h>

#include <array>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

TEST_CASE("sizes") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  std::array<char, 4> buffer;
  CHECK(socket.recv(-1).error() == UsageErrc::negative_size);
  CHECK(socket.recvfrom(-1).error() == UsageErrc::negative_size);
  CHECK(socket.recvmsg(-1).error() == UsageErrc::negative_size);
  CHECK(socket.recvmsg(1, -1).error() == UsageErrc::negative_size);
  CHECK(socket.recv_into(buffer, -1).error() == UsageErrc::negative_size);
  CHECK(socket.recv_into(buffer, 5).error() == UsageErrc::size_exceeds_buffer);
  CHECK(socket.recvfrom_into(buffer, 5).error() == UsageErrc::size_exceeds_buffer);
  CHECK(socket.recv_into(MutableBuffer(nullptr, 4)).error() == UsageErrc::null_buffer);
  CHECK(socket.send(ConstBuffer(nullptr, 4)).error() == UsageErrc::null_buffer);
  CHECK(socket.sendall(ConstBuffer(nullptr, 4)).error() == UsageErrc::null_buffer);
  CHECK(backend.calls["receive"] + backend.calls["send"] == 0);
}

TEST_CASE("every form of sendto takes the address given") {
  FakeBackend backend;
  Socket socket = backend.make_socket(af_inet, sock_dgram);
  backend.transfers = {1, 1, 1, 1};
  const auto went_to = [&](int port) { return backend.last_address == Address(InetAddress{"127.0.0.1", port}); };
  CHECK(socket.sendto("x", InetAddress{"127.0.0.1", 1}) == 1u);
  CHECK(went_to(1));
  CHECK(socket.sendto("x", Address(InetAddress{"127.0.0.1", 2})) == 1u);
  CHECK(went_to(2));
  CHECK(socket.sendto("x", msg_dontroute, InetAddress{"127.0.0.1", 3}) == 1u);
  CHECK(went_to(3));
  CHECK(socket.sendto("x", msg_dontroute, Address(InetAddress{"127.0.0.1", 4})) == 1u);
  CHECK(went_to(4));
  CHECK(backend.calls["send"] == 4);
}

TEST_CASE("recv(0) asks nobody, recvfrom(0) does") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.recv(0) == "");
  CHECK(backend.calls["receive"] == 0);
  CHECK(socket.recvfrom(0)->data == "");
  CHECK(backend.calls["receive"] == 1);
}

TEST_CASE("a buffer beyond all memory is ENOMEM") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.recv(std::numeric_limits<std::ptrdiff_t>::max()).error() == Errc::enomem);
}

TEST_CASE("the reported length of a cut datagram does not exceed the data") {
  FakeBackend backend;
  Socket socket = backend.make_socket(af_inet, sock_dgram);
  backend.transfers = {100, 100};
  CHECK(socket.recv(4, msg_trunc) == "xxxx");
  CHECK(socket.recvfrom(4, msg_trunc)->data == "xxxx");
}

TEST_CASE("getsockopt lengths and option levels") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.getsockopt(sol_socket, so_type, 0).error() == UsageErrc::buflen_out_of_range);
  CHECK(socket.getsockopt(sol_socket, so_type, 1025).error() == UsageErrc::buflen_out_of_range);
  CHECK(socket.getsockopt(sol_socket, so_type, 2)->size() == 2);
  CHECK(socket.getsockopt(sol_tcp, so_type).error() == Errc::enoprotoopt);
  CHECK(socket.setsockopt(sol_socket, tcp_nodelay, 1).error() == Errc::enoprotoopt);
  CHECK(socket.setsockopt(ipproto_tcp, tcp_nodelay, 1));
  CHECK(socket.setsockopt(sol_socket, Option::native(12345), 1));
}

TEST_CASE("a closed socket") {
  FakeBackend backend;
  Socket socket = backend.make_socket(af_inet6, sock_dgram);
  CHECK(socket.close());
  CHECK(socket.close());
  CHECK(backend.calls["close"] == 1);
  CHECK(socket.fileno() == -1);
  CHECK(socket.detach() == -1);
  CHECK(socket.family() == af_inet6);
  CHECK(socket.type() == sock_dgram);
  CHECK(socket.recv(1).error() == Errc::ebadf);
  CHECK(socket.recv(0).error() == Errc::ebadf);
  CHECK(socket.sendall("").error() == Errc::ebadf);
  CHECK(socket.bind({"", 0}).error() == Errc::ebadf);
  CHECK(socket.connect_ex({"", 0}) == Errc::ebadf);
  CHECK(socket.dup().error() == Errc::ebadf);
  CHECK(repr(socket) == "<Socket [closed] fd=-1, family=AF_INET6, type=SOCK_DGRAM, proto=0>");
}

TEST_CASE("close reports errors, but not ECONNRESET, and is not repeated") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  backend.close_outcome = fail(Operation::close, Errc::eintr);
  CHECK(socket.close().error() == Error(Operation::close, Errc::eintr));
  CHECK(socket.close());
  CHECK(backend.calls["close"] == 1);
  backend.close_outcome = fail(Operation::close, Errc::econnreset);
  Socket other = backend.make_socket();
  CHECK(other.close());
}

TEST_CASE("moving and leaving a scope") {
  FakeBackend backend;
  {
    Socket first = backend.make_socket();
    const std::int64_t number = first.fileno();
    Socket second = std::move(first);
    CHECK(second.fileno() == number);
    CHECK(first.fileno() == -1);
    CHECK(first.send("x").error() == Errc::ebadf);
    second = backend.make_socket();
    CHECK(backend.calls["close"] == 1);
  }
  CHECK(backend.calls["close"] == 2);
}

TEST_CASE("detach leaves the descriptor open") {
  FakeBackend backend;
  std::int64_t number = -1;
  {
    Socket socket = backend.make_socket();
    number = socket.detach();
  }
  CHECK(backend.calls["close"] == 0);
  auto again = socket_from_fileno(number, {}, backend);
  REQUIRE(again);
  CHECK(again->fileno() == number);
  CHECK(again->family() == af_inet);
  CHECK(socket_from_fileno(-3, {}, backend).error() == UsageErrc::negative_descriptor);
}

}  // namespace
}  // namespace everysock
