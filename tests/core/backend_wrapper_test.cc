#include "everysock/backend_wrapper.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// What a wrapper is for: one call differs, the rest is the inner backend's.
struct CountingSends : BackendWrapper {
  using BackendWrapper::BackendWrapper;
  Result<std::size_t> send(Handle handle, const SendRequest& request) override {
    ++sends;
    return BackendWrapper::send(handle, request);
  }
  int sends = 0;
};

TEST_CASE("a wrapper hands on what it does not override") {
  FakeBackend inner;
  BackendWrapper wrapper(inner);
  CHECK(&wrapper.inner() == &inner);
  CHECK(wrapper.name() == "fake");
  CHECK(wrapper.native(static_cast<Handle>(7)) == 7);
  CHECK(wrapper.adopt(9) == static_cast<Handle>(9));

  Socket made = socket(af_inet, sock_stream, {}, wrapper).value();
  auto pair = socketpair(af_unix, sock_stream, {}, wrapper);
  REQUIRE(pair);
  CHECK(made.dup().has_value());
  CHECK(made.listen().has_value());
  inner.transfers = {std::size_t{1}};
  const auto accepted = made.accept();
  CHECK(accepted.has_value());
  CHECK(inner.calls["accept"] == 1);
  CHECK(made.close().has_value());
  CHECK(inner.calls["close"] >= 1);
}

// Has what Backend itself refuses.
struct SharingBackend : FakeBackend {
  Result<std::string> share(Handle, std::uint32_t process_id) override { return std::to_string(process_id); }
  Result<SharedHandle> adopt_shared(std::string_view data) override {
    if (data != "4711") return fail(Operation::none, UsageErrc::share_length);
    return SharedHandle{Handle{7}, af_inet6, sock_dgram, ipproto_udp};
  }
};

TEST_CASE("a wrapper hands on what a backend need not have") {
  SharingBackend inner;
  BackendWrapper wrapper(inner);
  Socket made = socket(af_inet, sock_stream, {}, wrapper).value();
  CHECK(made.share(4711) == "4711");
  const auto again = fromshare("4711", wrapper);
  REQUIRE(again);
  CHECK(again->family() == af_inet6);
  CHECK(again->backend() == &wrapper);
  CHECK(fromshare("x", wrapper).error() == UsageErrc::share_length);
}

TEST_CASE("a wrapper hands on connections, data and refusals") {
  FakeBackend inner;
  BackendWrapper wrapper(inner);
  Socket made = socket(af_inet, sock_stream, {}, wrapper).value();
  CHECK(made.connect({"127.0.0.1", 7}).has_value());
  CHECK(inner.calls["connect"] == 1);
  inner.transfers = {std::size_t{1}, fail(Operation::recv, Errc::econnreset)};
  char byte[1];
  CHECK(made.recv_into(byte) == 1u);
  CHECK(made.recv_into(byte).error() == Errc::econnreset);
  CHECK(inner.calls["receive"] == 2);
  CHECK(made.getpeername().error() == Error(Operation::getpeername, Errc::enotconn));
}

TEST_CASE("a wrapper sees every send in one place") {
  FakeBackend inner;
  CountingSends wrapper(inner);
  Socket s = socket(af_inet, sock_stream, {}, wrapper).value();
  inner.transfers = {std::size_t{1}, std::size_t{1}};
  CHECK(s.send("x") == 1u);
  const ConstBuffer one("x");
  CHECK(s.sendmsg({&one, 1}) == 1u);
  CHECK(wrapper.sends == 2);
}

}  // namespace
}  // namespace everysock
