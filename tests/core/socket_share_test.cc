// share(), fromshare() and ioctl(): what a backend of Windows would be given, and what becomes of its answers.
#include <doctest/doctest.h>

#include <cstring>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

class WindowsBackend : public FakeBackend {
 public:
  Result<std::uint32_t> answer = 0u;
  IoControl command;
  std::vector<std::uint32_t> values;
  std::uint32_t process = 0;
  std::string data;

  Result<std::uint32_t> control(Handle, IoControl asked, std::span<const std::byte> option) override {
    command = asked;
    values.resize(option.size() / sizeof(std::uint32_t));
    std::memcpy(values.data(), option.data(), option.size());
    return answer;
  }
  Result<std::string> share(Handle, std::uint32_t process_id) override {
    process = process_id;
    return std::string("shared");
  }
  Result<SharedHandle> adopt_shared(std::string_view from) override {
    data = from;
    if (from != "shared") return fail(Operation::none, UsageErrc::share_length);
    return SharedHandle{Handle{7}, af_inet6, sock_dgram, ipproto_udp};
  }
};

TEST_CASE("ioctl gives the backend what the command takes") {
  WindowsBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.ioctl(sio_rcvall, rcvall_iplevel) == 0u);
  CHECK(backend.command == sio_rcvall);
  CHECK(backend.values == std::vector<std::uint32_t>{3});
  backend.answer = 12u;
  CHECK(socket.ioctl(sio_keepalive_vals, {true, 10000, 3000}) == 12u);
  CHECK(backend.command == sio_keepalive_vals);
  CHECK(backend.values == std::vector<std::uint32_t>{1, 10000, 3000});
  CHECK(socket.ioctl(sio_loopback_fast_path, true) == 12u);
  CHECK(backend.values == std::vector<std::uint32_t>{1});
  backend.answer = fail(Operation::none, Errc::einval);
  CHECK(socket.ioctl(sio_rcvall, rcvall_on).error() == Error(Operation::ioctl, Errc::einval));
}

TEST_CASE("a shared socket is what its data say, with the default time-out") {
  WindowsBackend backend;
  const Socket original = backend.make_socket();
  CHECK(original.share(4711) == "shared");
  CHECK(backend.process == 4711);
  REQUIRE(setdefaulttimeout(2));
  const auto again = fromshare("shared", backend);
  REQUIRE(setdefaulttimeout(std::nullopt));
  REQUIRE(again);
  CHECK(again->fileno() == 7);
  CHECK(again->family() == af_inet6);
  CHECK(again->type() == sock_dgram);
  CHECK(again->proto() == ipproto_udp);
  CHECK(again->gettimeout() == 2.0);
  CHECK(fromshare("cut", backend).error() == Error(Operation::fromshare, UsageErrc::share_length));
}

TEST_CASE("elsewhere they are refused") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  CHECK(socket.share(1).error() == Error(Operation::share, Errc::eopnotsupp));
  CHECK(fromshare("", backend).error() == Error(Operation::fromshare, Errc::eopnotsupp));
  const Error refused = socket.ioctl(sio_rcvall, rcvall_on).error();
  CHECK(refused == Errc::eopnotsupp);
  CHECK(refused.operation() == Operation::ioctl);
  CHECK(refused.constant() == "SIO_RCVALL");
}

}  // namespace
}  // namespace everysock
