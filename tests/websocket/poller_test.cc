#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <future>

#include "everysock/socket.h"
#include "tests/websocket/fake_transport.h"

namespace everysock::websocket {
namespace {

struct Polled : FakeLink {
  Polled() : poller(backend->new_poller().value()) {}
  // A connected stream; its wire handle is its number, from 1 on.
  Handle stream() {
    const Handle handle = backend->open(af_inet, sock_stream, {}).value();
    REQUIRE(backend->connect(handle, server_address));
    return handle;
  }
  std::vector<ReadyEvent> look(std::size_t most = 10) {
    std::vector<ReadyEvent> events(most);
    events.resize(poller->wait(events, Deadline::passed()).value());
    return events;
  }
  void say(WireHandle handle, std::string_view text) {
    transport->push(message(handle, Data{{text}}));
    transport->settle();
  }
  std::size_t receive(Handle handle) {
    std::array<char, 100> bytes{};
    const MutableBuffer buffer(bytes);
    ReceiveRequest request{.buffers = {&buffer, 1}, .flags = {}, .received_flags = {}};
    return backend->receive(handle, request).value();
  }

  std::unique_ptr<Poller> poller;
};

}  // namespace

TEST_CASE("poller: level-triggered") {
  Polled p;
  const Handle a = p.stream();
  REQUIRE(p.poller->add(a, Interest::read, 7));
  CHECK(p.look().empty());
  p.say(1, "data");
  for (int i = 0; i < 3; ++i) {
    const auto events = p.look();
    REQUIRE(events.size() == 1);
    CHECK(events[0].token == 7);
    CHECK(events[0].ready == Interest::read);
  }
  CHECK(p.receive(a) == 4);
  CHECK(p.look().empty());
  REQUIRE(p.poller->modify(a, Interest::read_write, 8));
  REQUIRE(p.look().size() == 1);
  CHECK(p.look()[0].token == 8);
  CHECK(p.look()[0].ready == Interest::write);
}

TEST_CASE("poller: more ready handles than room take turns") {
  Polled p;
  for (std::uint64_t i = 0; i < 6; ++i) REQUIRE(p.poller->add(p.stream(), Interest::write, i));
  std::vector<int> seen(6);
  for (int round = 0; round < 3; ++round) {
    for (const ReadyEvent& event : p.look(2)) ++seen[static_cast<std::size_t>(event.token)];
  }
  CHECK(seen == std::vector<int>{1, 1, 1, 1, 1, 1});
}

TEST_CASE("poller: what is watched, and what not") {
  Polled p;
  const Handle a = p.stream();
  CHECK(p.poller->add(static_cast<Handle>(99), Interest::read, 0).error().errc() == Errc::ebadf);
  CHECK(p.poller->modify(a, Interest::read, 0).error().errc() == Errc::enoent);
  CHECK(p.poller->remove(a).error().errc() == Errc::enoent);
  REQUIRE(p.poller->add(a, Interest::read, 0));
  CHECK(p.poller->add(a, Interest::read, 0).error().errc() == Errc::eexist);
  const Handle twin = p.backend->duplicate(a).value();
  REQUIRE(p.poller->add(twin, Interest::read, 1));
  p.say(1, "x");
  CHECK(p.look().size() == 2);
  REQUIRE(p.backend->close(a));
  CHECK(p.look().size() == 1);
  CHECK(p.poller->remove(a).error().errc() == Errc::enoent);
  REQUIRE(p.poller->remove(twin));
  CHECK(p.look().empty());
  REQUIRE(p.backend->close(twin));
}

TEST_CASE("poller: sleeping and waking") {
  Polled p;
  const Handle a = p.stream();
  REQUIRE(p.poller->add(a, Interest::read, 3));
  const auto sleep = [&] {
    return std::async(std::launch::async, [&] {
      std::array<ReadyEvent, 4> events{};
      return p.poller->wait(events, Deadline::never()).value();
    });
  };
  SUBCASE("by data") {
    auto count = sleep();
    p.say(1, "x");
    REQUIRE(count.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK(count.get() == 1);
  }
  SUBCASE("by wake()") {
    auto count = sleep();
    p.poller->wake();
    REQUIRE(count.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK(count.get() == 0);
  }
  SUBCASE("by a wake() that came before") {
    p.poller->wake();
    auto count = sleep();
    REQUIRE(count.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    CHECK(count.get() == 0);
  }
  SUBCASE("by the deadline") {
    std::array<ReadyEvent, 4> events{};
    const std::int64_t before = p.backend->now();
    CHECK(p.poller->wait(events, Deadline::after(before, 10'000'000)).value() == 0);
    CHECK(p.backend->now() - before >= 10'000'000);
  }
}

TEST_CASE("poller: it may go before its sockets, and they before it") {
  Polled p;
  const Handle a = p.stream();
  REQUIRE(p.poller->add(a, Interest::read, 0));
  p.say(1, "x");
  SUBCASE("the poller first") {
    p.poller.reset();
    p.say(1, "y");
    CHECK(p.receive(a) == 2);
  }
  SUBCASE("the socket first") {
    REQUIRE(p.backend->close(a));
    CHECK(p.look().empty());
  }
}

TEST_CASE("wait: several handles, a deadline") {
  Polled p;
  const Handle a = p.stream();
  const Handle b = p.stream();
  std::array items = {WaitItem{a, Interest::read}, WaitItem{b, Interest::read}};
  CHECK(p.backend->wait(items, Deadline::passed()).value() == 0);
  CHECK(p.backend->wait(items, Deadline::after(p.backend->now(), 1'000'000)).value() == 0);
  auto count = std::async(std::launch::async, [&] { return p.backend->wait(items, Deadline::never()).value(); });
  p.say(2, "x");
  REQUIRE(count.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
  CHECK(count.get() == 1);
  CHECK(items[0].ready == Interest::none);
  CHECK(items[1].ready == Interest::read);
  std::array bad = {WaitItem{static_cast<Handle>(99), Interest::read}};
  CHECK(p.backend->wait(bad, Deadline::passed()).error().errc() == Errc::ebadf);
}

}  // namespace everysock::websocket
