#include "everysock/backend_wrapper.h"

#include <doctest/doctest.h>

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
