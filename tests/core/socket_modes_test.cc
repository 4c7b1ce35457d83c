// The three modes: what core asks of a backend, and how often.
#include <doctest/doctest.h>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
const Unexpected kAgain = fail(Operation::recv, Errc::eagain);
const Unexpected kInterrupted = fail(Operation::recv, Errc::eintr);

TEST_CASE("blocking mode is one call of the backend") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  char buffer[8];
  backend.transfers = {3};
  CHECK(socket.recv_into(buffer) == 3);
  CHECK(backend.calls["receive"] == 1);
  CHECK(backend.calls["wait"] == 0);
}

TEST_CASE("a signal is retried in every mode") {
  for (const double timeout : {-1.0, 0.0, 5.0}) {
    CAPTURE(timeout);
    FakeBackend backend;
    Socket socket = backend.make_socket();
    if (timeout >= 0) CHECK(socket.settimeout(timeout));
    backend.transfers = {kInterrupted, kInterrupted, 2};
    backend.waits = {{0, kInterrupted}, {0, 1}};
    char buffer[8];
    CHECK(socket.recv_into(buffer) == 2);
    CHECK(backend.calls["receive"] == 3);
  }
}

TEST_CASE("non-blocking mode reports EAGAIN under the caller's name") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.setblocking(false));
  CHECK_FALSE(backend.is_blocking);
  backend.transfers = {kAgain};
  char buffer[8];
  const auto result = socket.recv_into(buffer);
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error(Operation::recv_into, Errc::eagain));
  CHECK(result.error().would_block());
  CHECK(backend.calls["wait"] == 0);
}

TEST_CASE("with a time-out the descriptor is non-blocking and a request and its response take two calls each") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  CHECK_FALSE(backend.is_blocking);
  char buffer[64];
  for (int round = 1; round <= 3; ++round) {
    CHECK(socket.send("ping") == 4);
    backend.transfers = {4};
    CHECK(socket.recv_into(buffer) == 4);
    CHECK(backend.calls["send"] == round);
    CHECK(backend.calls["wait"] == round);
    CHECK(backend.calls["receive"] == round);
  }
}

TEST_CASE("with a time-out an answer of exactly the size asked for is not tried in vain") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  char buffer[4];
  for (int round = 1; round <= 3; ++round) {
    CHECK(socket.send("ping") == 4);
    backend.transfers = {4};
    CHECK(socket.recv_into(buffer) == 4);
    CHECK(backend.calls["wait"] == round);
  }
}

TEST_CASE("with a time-out the clock is read only where there is something to wait for") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  CHECK(socket.send("ping") == 4);
  CHECK(backend.calls["now"] == 0);
  backend.transfers = {4};
  char buffer[4];
  CHECK(socket.recv_into(buffer) == 4);
  CHECK(backend.calls["now"] == 1);
}

TEST_CASE("with a time-out a pipe that took only a part is waited for") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  backend.transfers = {2};
  CHECK(socket.send("ping") == 2);
  CHECK(backend.calls["wait"] == 0);
  CHECK(socket.send("ng") == 2);
  CHECK(backend.calls["wait"] == 1);
  CHECK(socket.send("ping") == 4);
  CHECK(backend.calls["wait"] == 1);
}

TEST_CASE("with a time-out what is called ready and has nothing is waited for until the time is over") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(1));
  backend.transfers = {kAgain, kAgain, kAgain, kAgain};
  backend.waits = {{kSecond / 2, 1}, {kSecond / 4, 1}, {kSecond / 4, 1}, {0, 1}};
  char buffer[4];
  const auto result = socket.recv_into(buffer);
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error::timed_out(Operation::recv_into));
  CHECK(backend.calls["wait"] == 3);
  CHECK(backend.calls["receive"] == 3);
}

TEST_CASE("a new socket that cannot have the default time-out is closed") {
  FakeBackend backend;
  REQUIRE(setdefaulttimeout(5));
  backend.blocking_outcome = fail(Operation::setblocking, Errc::enomem);
  const auto made = socket(af_inet, sock_stream, {}, backend);
  REQUIRE(setdefaulttimeout(std::nullopt));
  REQUIRE_FALSE(made);
  CHECK(made.error() == Error(Operation::socket, Errc::enomem));
  CHECK(backend.calls["close"] == 1);
}

TEST_CASE("with a time-out a full pipe costs one call") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  char buffer[4];
  backend.transfers = {4, 4, 4};
  for (int i = 0; i < 3; ++i) CHECK(socket.recv_into(buffer) == 4);
  CHECK(backend.calls["wait"] == 1);
  CHECK(backend.calls["receive"] == 3);
}

TEST_CASE("spurious readiness waits again, against one deadline") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(5));
  backend.clock = 7 * kSecond;
  backend.transfers = {kAgain, kAgain, kAgain};
  backend.waits = {{2 * kSecond, 1}, {2 * kSecond, 1}, {2 * kSecond, 1}};
  char buffer[4];
  const auto result = socket.recv_into(buffer);
  REQUIRE_FALSE(result);
  CHECK(result.error().is_timeout());
  CHECK(result.error().message() == "recv_into: timed out");
  CHECK(backend.last_deadline == Deadline(12 * kSecond));
  CHECK(backend.clock == 13 * kSecond);
}

TEST_CASE("the time-out of sendall bounds the whole call") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.settimeout(3));
  backend.transfers = {2, kAgain, 2, kAgain, 2, kAgain};
  backend.waits = {{kSecond, 1}, {kSecond, 1}, {2 * kSecond, 1}};
  const auto result = socket.sendall("0123456789");
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error::timed_out(Operation::sendall));
  CHECK(backend.last_deadline == Deadline(3 * kSecond));
}

TEST_CASE("sendall sends what is left") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  backend.transfers = {1, 4, kInterrupted, 5};
  CHECK(socket.sendall("0123456789"));
  CHECK(backend.calls["send"] == 4);
}

TEST_CASE("connect") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  const InetAddress peer{"192.0.2.1", 80};
  const Unexpected in_progress = fail(Operation::connect, Errc::einprogress);
  const Unexpected interrupted = fail(Operation::connect, Errc::eintr);

  SUBCASE("waits with a time-out, and takes the outcome from SO_ERROR") {
    CHECK(socket.settimeout(2));
    backend.connects = {in_progress};
    backend.pending_error = static_cast<int>(Errc::econnrefused);
    CHECK(socket.connect(peer).error() == Error(Operation::connect, Errc::econnrefused));
    CHECK(backend.calls["wait"] == 1);
  }
  SUBCASE("times out") {
    CHECK(socket.settimeout(2));
    backend.connects = {in_progress, in_progress};
    backend.waits = {{3 * kSecond, 0}, {3 * kSecond, 0}};
    CHECK(socket.connect(peer).error().is_timeout());
    CHECK(socket.connect_ex(peer) == Errc::eagain);
  }
  SUBCASE("goes on after a signal") {
    backend.connects = {interrupted};
    CHECK(socket.connect(peer));
    CHECK(backend.last_deadline.is_never());
    CHECK(backend.calls["connect"] == 1);
  }
  SUBCASE("reports a signal in non-blocking mode") {
    CHECK(socket.setblocking(false));
    backend.connects = {interrupted, in_progress};
    CHECK(socket.connect(peer).error() == Errc::eintr);
    CHECK(socket.connect(peer).error() == Errc::einprogress);
    CHECK(backend.calls["wait"] == 0);
  }
  SUBCASE("connect_ex gives the code") {
    backend.connects = {fail(Operation::connect, Errc::ehostunreach)};
    CHECK(socket.connect_ex(peer) == Errc::ehostunreach);
    CHECK(socket.connect_ex({"no.such.host", 1}).error() == GaiErrc::noname);
  }
}

TEST_CASE("the default time-out reaches new and accepted sockets") {
  FakeBackend backend;
  Socket before = backend.make_socket();
  REQUIRE(setdefaulttimeout(1.5));
  Socket after = backend.make_socket();
  CHECK_FALSE(before.gettimeout());
  CHECK(after.gettimeout() == 1.5);
  auto accepted = before.accept();
  REQUIRE(accepted);
  CHECK(accepted->socket.gettimeout() == 1.5);
  Socket nonblocking = backend.make_socket(af_inet, sock_stream | sock_nonblock);
  CHECK(nonblocking.gettimeout() == 0.0);
  CHECK(nonblocking.type() == sock_stream);
  REQUIRE(setdefaulttimeout(std::nullopt));
  CHECK_FALSE(getdefaulttimeout());
}

TEST_CASE("the default time-out reaches sockets made of descriptors") {
  FakeBackend backend;
  REQUIRE(setdefaulttimeout(1.5));
  auto made = socket_from_fileno(7, {}, backend);
  REQUIRE(setdefaulttimeout(std::nullopt));
  REQUIRE(made);
  CHECK(made->gettimeout() == 1.5);
  CHECK_FALSE(backend.is_blocking);
  CHECK(made->family() == af_inet);
}

TEST_CASE("where the system has no SO_DOMAIN a descriptor's name tells the family") {
  struct Bsd : FakeBackend {
    Result<Address> name = UnixAddress{"/run/x"};
    Result<Address> local_address(Handle) override { return name; }
    Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option,
                                   std::span<std::byte> value) override {
      if (option == so_domain) return fail(Operation::getsockopt, Errc::enoprotoopt);
      return FakeBackend::get_option(handle, level, option, value);
    }
  } backend;
  const auto made = socket_from_fileno(7, {}, backend);
  REQUIRE(made);
  CHECK(made->family() == af_unix);
  backend.name = fail(Operation::getsockname, Errc::enotsock);
  CHECK(socket_from_fileno(7, {}, backend).error() == Error(Operation::socket, Errc::enotsock));
}

TEST_CASE("modes and their names") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.getblocking());
  CHECK(socket.settimeout(0));
  CHECK_FALSE(socket.getblocking());
  CHECK(socket.gettimeout() == 0.0);
  CHECK(socket.settimeout(1e-12));  // rounds up to a nanosecond, never to 0
  CHECK(socket.gettimeout() == 1e-9);
  CHECK(socket.getblocking());
  CHECK(socket.settimeout(-1).error() == UsageErrc::negative_timeout);
  CHECK(socket.settimeout(std::numeric_limits<double>::quiet_NaN()).error() == UsageErrc::negative_timeout);
  CHECK(socket.settimeout(std::numeric_limits<double>::infinity()).error() == UsageErrc::timeout_too_large);
  CHECK(socket.gettimeout() == 1e-9);
  CHECK(socket.close());
  CHECK(socket.gettimeout() == 1e-9);
  CHECK(socket.settimeout(1).error() == Errc::ebadf);
}

}  // namespace
}  // namespace everysock
