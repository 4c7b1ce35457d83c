// The link breaks, does not come up, comes up again.
#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <future>

#include "everysock/socket.h"
#include "tests/websocket/fake_transport.h"

namespace everysock::websocket {
namespace {

// Has `call` run in a thread, breaks the link once it sleeps, and gives the error it returns; fails the test after a
// second.
Error broken_off(FakeLink& link, const std::function<Error()>& call) {
  auto result = std::async(std::launch::async, call);
  // Asleep or not yet: either way the call must end.
  CHECK(result.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout);
  link.transport->drop();
  REQUIRE(result.wait_for(std::chrono::seconds(1)) == std::future_status::ready);
  return result.get();
}

}  // namespace

TEST_CASE("link: it is made when it is needed, and once") {
  FakeLink link;
  CHECK(link.transport->opens() == 0);
  CHECK(link.backend->supports(Feature::inet_stream).level == SupportLevel::proxied);
  CHECK(link.transport->opens() == 0);
  const Socket a = socket(af_inet, sock_stream, {}, *link.backend).value();
  const Socket b = socket(af_inet, sock_stream, {}, *link.backend).value();
  CHECK(link.transport->opens() == 1);
  CHECK(gethostname(*link.backend).value() == "proxy.example");
}

TEST_CASE("link: a dead one wakes everybody within a second, with ENETDOWN") {
  FakeTransport::Handler silent = nullptr;
  SUBCASE("recv") {
    FakeLink link;
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    REQUIRE(s.connect(server_address));
    CHECK(broken_off(link, [&] { return s.recv(1).error(); }) == Error(Operation::recv, Errc::enetdown));
  }
  SUBCASE("recv with a time-out") {
    FakeLink link;
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    REQUIRE(s.connect(server_address));
    REQUIRE(s.settimeout(30));
    CHECK(broken_off(link, [&] { return s.recv(1).error(); }) == Error(Operation::recv, Errc::enetdown));
  }
  SUBCASE("sendall without credit") {
    FakeLink link;
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    REQUIRE(s.connect(server_address));
    CHECK(broken_off(link, [&] { return s.sendall(std::string(2000, 'x')).error(); }).errc() == Errc::enetdown);
  }
  SUBCASE("accept") {
    FakeLink link;
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    REQUIRE(s.listen());
    CHECK(broken_off(link, [&] { return s.accept().error(); }) == Error(Operation::accept, Errc::enetdown));
  }
  SUBCASE("connect") {
    FakeLink link([](const Frame& frame, std::string&) { return std::holds_alternative<Connect>(frame.body); });
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    CHECK(broken_off(link, [&] { return s.connect(server_address).error(); }) ==
          Error(Operation::connect, Errc::enetdown));
  }
  SUBCASE("a request") {
    FakeLink link([](const Frame& frame, std::string&) { return std::holds_alternative<Bind>(frame.body); });
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    CHECK(broken_off(link, [&] { return s.bind(client_address).error(); }) == Error(Operation::bind, Errc::enetdown));
  }
  SUBCASE("a lookup") {
    FakeLink link([](const Frame& frame, std::string&) { return std::holds_alternative<GetAddrInfo>(frame.body); });
    const auto lookup = [&] { return getaddrinfo("example.org", 80, af_unspec, {}, {}, {}, *link.backend).error(); };
    CHECK(broken_off(link, lookup) == Error(Operation::getaddrinfo, Errc::enetdown));
  }
  SUBCASE("select") {
    FakeLink link;
    Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
    REQUIRE(s.connect(server_address));
    Selector selector = Selector::create(*link.backend).value();
    REQUIRE(selector.add(s, Interest::read));
    auto events = std::async(std::launch::async, [&] { return selector.select(30).value().size(); });
    link.transport->drop();
    REQUIRE(events.wait_for(std::chrono::seconds(1)) == std::future_status::ready);
    CHECK(events.get() == 1);
    CHECK(s.recv(1).error().errc() == Errc::enetdown);
  }
}

TEST_CASE("link: sockets of a dead one stay dead, new ones work") {
  FakeLink link;
  Socket old = socket(af_inet, sock_stream, {}, *link.backend).value();
  REQUIRE(old.connect(server_address));
  link.transport->drop();
  link.transport->settle();
  CHECK(old.recv(1).error().errc() == Errc::enetdown);
  CHECK(old.getsockname().error().errc() == Errc::enetdown);
  Socket fresh = socket(af_inet, sock_stream, {}, *link.backend).value();
  CHECK(link.transport->opens() == 2);
  REQUIRE(fresh.connect(server_address));
  CHECK(fresh.send("x").value() == 1);
  CHECK(old.send("x").error().errc() == Errc::enetdown);
  CHECK(old.close());
  CHECK(fresh.close());
}

TEST_CASE("link: no proxy is ENETDOWN, and the next attempt is a new one") {
  FakeLink link;
  link.transport->refuse_next({});
  CHECK(socket(af_inet, sock_stream, {}, *link.backend).error() == Error(Operation::socket, Errc::enetdown));
  CHECK(socket(af_inet, sock_stream, {}, *link.backend));
  CHECK(link.transport->opens() == 2);
}

TEST_CASE("link: a proxy that does not let us in is EACCES") {
  FakeLink link;
  link.transport->refuse_next({1006, "403 Forbidden", true});
  CHECK(socket(af_inet, sock_stream, {}, *link.backend).error() == Error(Operation::socket, Errc::eacces));
  for (const char* reason : {"bad-token", "bad-origin", "bad-host"}) {
    link.transport->refuse_next({1008, reason, false});
    CHECK(socket(af_inet, sock_stream, {}, *link.backend).error() == Error(Operation::socket, Errc::eacces));
  }
  link.transport->refuse_next({1008, "hello-timeout", false});
  CHECK(socket(af_inet, sock_stream, {}, *link.backend).error() == Error(Operation::socket, Errc::enetdown));
}

TEST_CASE("link: a server that breaks the protocol is hung up on with the reason") {
  FakeLink link;
  Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
  SUBCASE("a frame") {
    link.transport->push(message(99, Data{{"x"}}));
    link.transport->settle();
    REQUIRE(link.transport->last_close());
    CHECK(link.transport->last_close()->code == 1002);
    CHECK(link.transport->last_close()->reason == "unknown-handle");
  }
  SUBCASE("a text message") {
    link.transport->push_text();
    link.transport->settle();
    REQUIRE(link.transport->last_close());
    CHECK(link.transport->last_close()->code == 1003);
    CHECK(link.transport->last_close()->reason == "text-message");
  }
  CHECK(s.getsockname().error().errc() == Errc::enetdown);
  CHECK(socket(af_inet, sock_stream, {}, *link.backend));
}

TEST_CASE("link: several threads wait for the same one") {
  FakeLink link;
  std::vector<std::future<bool>> threads;
  for (int i = 0; i < 8; ++i) {
    threads.push_back(
        std::async(std::launch::async, [&] { return socket(af_inet, sock_stream, {}, *link.backend).has_value(); }));
  }
  for (auto& thread : threads) {
    REQUIRE(thread.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK(thread.get());
  }
  CHECK(link.transport->opens() == 1);
}

}  // namespace everysock::websocket
