// What the conformance suite cannot see of the poller: wake-ups, callbacks and descriptors behind its back.
#include <doctest/doctest.h>

#include <array>
#include <thread>

#include "backends/posix/posix_backend.h"
#include "everysock/socket.h"

namespace everysock {
namespace {

struct Fixture {
  std::unique_ptr<Backend> backend = new_posix_backend();
  std::unique_ptr<Poller> poller = std::move(*backend->new_poller());
  std::pair<Socket, Socket> pair = std::move(*socketpair(af_unix, sock_stream, {}, *backend));
  std::array<ReadyEvent, 8> events;
};

TEST_CASE_FIXTURE(Fixture, "wake is kept for the next wait") {
  poller->wake();
  poller->wake();
  CHECK(poller->wait(events, Deadline::never()) == 0);
  CHECK(poller->wait(events, Deadline::passed()) == 0);
}

TEST_CASE_FIXTURE(Fixture, "wake ends a wait of another thread") {
  std::thread waker([&] { poller->wake(); });
  CHECK(poller->wait(events, Deadline::after(backend->now(), 20'000'000'000)) == 0);
  waker.join();
}

TEST_CASE_FIXTURE(Fixture, "registration errors") {
  const Handle handle = pair.first.handle();
  CHECK(poller->modify(handle, Interest::read, 1).error() == Errc::enoent);
  CHECK(poller->remove(handle).error() == Errc::enoent);
  CHECK(poller->add(handle, Interest::read, 1));
  CHECK(poller->add(handle, Interest::read, 1).error() == Errc::eexist);
  CHECK(poller->add(static_cast<Handle>(9999), Interest::read, 1).error() == Errc::ebadf);
  CHECK(poller->set_callback([] {}).error() == Errc::eopnotsupp);
}

TEST_CASE_FIXTURE(Fixture, "a token may be any number, and events beyond the room come again") {
  CHECK(poller->add(pair.first.handle(), Interest::write, ~std::uint64_t{0}));
  CHECK(poller->add(pair.second.handle(), Interest::read_write, 0));
  REQUIRE(poller->wait(std::span(events).first(1), Deadline::passed()) == 1);
  REQUIRE(poller->wait(events, Deadline::passed()) == 2);
  CHECK(events[0].token + events[1].token == ~std::uint64_t{0});
  CHECK(events[0].ready == Interest::write);
}

TEST_CASE_FIXTURE(Fixture, "a hung-up peer makes ready what was asked, and nothing else") {
  CHECK(poller->add(pair.first.handle(), Interest::read, 5));
  CHECK(pair.second.close());
  REQUIRE(poller->wait(events, Deadline::passed()) == 1);
  CHECK(events[0].ready == Interest::read);
  CHECK(poller->modify(pair.first.handle(), Interest::read_write, 6));
  REQUIRE(poller->wait(events, Deadline::passed()) == 1);
  CHECK(events[0].ready == Interest::read_write);
  CHECK(events[0].token == 6);
}

TEST_CASE_FIXTURE(Fixture, "closing ends a watch, and its number may be watched again") {
  CHECK(poller->add(pair.first.handle(), Interest::write, 1));
  const std::int64_t number = pair.first.fileno();
  CHECK(pair.first.close());
  CHECK(poller->wait(events, Deadline::passed()) == 0);
  auto again = socketpair(af_unix, sock_stream, {}, *backend);
  REQUIRE(again->first.fileno() == number);
  CHECK(poller->add(again->first.handle(), Interest::write, 2));
  REQUIRE(poller->wait(events, Deadline::passed()) == 1);
  CHECK(events[0].token == 2);
}

}  // namespace
}  // namespace everysock
