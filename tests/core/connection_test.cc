#include "everysock/connection.h"

#include <doctest/doctest.h>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

std::vector<AddressInfo> two_addresses() {
  return {{af_inet6, sock_stream, ipproto_tcp, "", Inet6Address{"::1", 80, 0, 0}},
          {af_inet, sock_stream, ipproto_tcp, "", InetAddress{"127.0.0.1", 80}}};
}

const Unexpected kRefused = fail(Operation::connect, Errc::econnrefused);
const Unexpected kUnreachable = fail(Operation::connect, Errc::enetunreach);

TEST_CASE("create_connection tries addresses in order and closes what failed") {
  FakeBackend backend;
  backend.lookups = {two_addresses()};
  backend.connects = {kRefused};
  std::vector<Error> errors{Error(Operation::none, Errc::eperm)};
  auto made =
      create_connection({"localhost", 80}, {.timeout = 2.5, .source_address = {}, .all_errors = &errors}, backend);
  REQUIRE(made);
  CHECK(made->family() == af_inet);
  CHECK(made->gettimeout() == 2.5);
  CHECK(errors.empty());
  CHECK(backend.calls["close"] == 1);
  CHECK(backend.last_query.service == "80");
}

TEST_CASE("create_connection reports the last error, and all of them on request") {
  FakeBackend backend;
  backend.lookups = {two_addresses(), two_addresses()};
  backend.connects = {kRefused, kUnreachable, kRefused, kUnreachable};
  CHECK(create_connection({"localhost", 80}, {}, backend).error() ==
        Error(Operation::create_connection, Errc::enetunreach));
  std::vector<Error> errors;
  CHECK_FALSE(create_connection({"localhost", 80},
                                {.timeout = std::nullopt, .source_address = {}, .all_errors = &errors}, backend));
  REQUIRE(errors.size() == 2);
  CHECK(errors[0] == Errc::econnrefused);
  CHECK(errors[1] == Errc::enetunreach);
  CHECK(backend.calls["close"] == 4);
}

TEST_CASE("create_connection's own failures") {
  FakeBackend backend;
  CHECK(create_connection({"nowhere", 80}, {}, backend).error() == GaiErrc::noname);
  CHECK(create_connection({"localhost", 65536}, {}, backend).error() == UsageErrc::port_out_of_range);
  backend.lookups = {std::vector<AddressInfo>{}};
  CHECK(create_connection({"localhost", 80}, {}, backend).error() == UsageErrc::no_addresses);
  backend.lookups = {two_addresses()};
  CHECK(create_connection({"localhost", 80}, {.timeout = -1.0, .source_address = {}, .all_errors = nullptr}, backend)
            .error() == UsageErrc::negative_timeout);
}

TEST_CASE("create_server refuses options that do not go together") {
  FakeBackend backend;
  CreateServerOptions options;
  options.dualstack_ipv6 = true;
  CHECK(create_server({"", 0}, options, backend).error() ==
        Error(Operation::create_server, UsageErrc::dualstack_family));
  options.family = af_unix;
  CHECK(create_server({"", 0}, options, backend).error() == UsageErrc::bad_family);
  CHECK(backend.calls["open"] == 0);
  options.family = af_inet6;
  CHECK(create_server({"", 0}, options, backend));
}

TEST_CASE("create_server with SO_REUSEPORT needs a backend that has it") {
  struct WithoutReusePort : FakeBackend {
    Support supports(Feature) const override { return {SupportLevel::unsupported, "the fake has none"}; }
  } backend;
  CHECK(create_server({"127.0.0.1", 0}, {.reuse_port = true}, backend).error() == UsageErrc::reuse_port_unsupported);
  CHECK(backend.calls.empty());
}

}  // namespace
}  // namespace everysock
