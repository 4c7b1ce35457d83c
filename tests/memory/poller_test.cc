// Readiness through pollers.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "everysock/thread.h"
#include "support.h"

namespace everysock::testing {
namespace {

struct Pair {
  explicit Pair(Backend& backend) {
    const auto handles = backend.open_pair(af_unix, sock_stream | sock_nonblock, Protocol()).value();
    one = handles.first;
    other = handles.second;
  }
  Handle one, other;
};

void send(Backend& backend, Handle handle, std::string_view data) {
  const ConstBuffer buffer(data);
  backend.send(handle, {.buffers = {&buffer, 1}}).value();
}

std::vector<std::uint64_t> look(Poller& poller, std::size_t room = 16) {
  std::array<ReadyEvent, 16> events;
  const std::size_t count = poller.wait(std::span(events).first(room), Deadline::passed()).value();
  std::vector<std::uint64_t> tokens;
  for (std::size_t i = 0; i < count; ++i) tokens.push_back(events[i].token);
  return tokens;
}

using Tokens = std::vector<std::uint64_t>;

// Something that is no network, on which a thread can wait for a callback.
class Outside {
 public:
  void ring() {
    const std::lock_guard<std::mutex> lock(mutex_);
    rung_ = true;
    changed_.notify_one();
  }
  // Whether it has been rung within some seconds of real time.
  bool wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return rung_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
};

TEST_CASE("watching, changing and ending a watch") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  const Pair pair(*backend);
  CHECK(poller->add(Handle{99}, Interest::read, 1).error() == Errc::ebadf);
  CHECK(poller->modify(pair.one, Interest::read, 1).error() == Errc::enoent);
  CHECK(poller->remove(pair.one).error() == Errc::enoent);
  poller->add(pair.one, Interest::read, 1).value();
  CHECK(poller->add(pair.one, Interest::read, 1).error() == Errc::eexist);
  CHECK(look(*poller).empty());
  send(*backend, pair.other, "x");
  CHECK(look(*poller) == Tokens{1});
  CHECK(look(*poller) == Tokens{1});  // as long as it holds
  poller->modify(pair.one, Interest::write, 2).value();
  CHECK(look(*poller) == Tokens{2});
  poller->modify(pair.one, Interest::none, 3).value();
  CHECK(look(*poller).empty());
  poller->modify(pair.one, Interest::read_write, 4).value();
  CHECK(look(*poller) == Tokens{4});
  poller->remove(pair.one).value();
  CHECK(look(*poller).empty());
}

TEST_CASE("closing a handle ends its watch, a duplicate keeps its own") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  const Pair pair(*backend);
  const Handle copy = backend->duplicate(pair.one).value();
  poller->add(pair.one, Interest::write, 1).value();
  poller->add(copy, Interest::write, 2).value();
  CHECK(look(*poller).size() == 2);
  backend->close(pair.one).value();
  CHECK(look(*poller) == Tokens{2});
  // The number is free again, for another socket and another watch.
  const Pair next(*backend);
  CHECK(next.one == pair.one);
  poller->add(next.one, Interest::write, 3).value();
  CHECK(look(*poller).size() == 2);
  backend->close(copy).value();
  CHECK(look(*poller) == Tokens{3});
}

TEST_CASE("all get their turn when there is room for few") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  std::vector<Pair> pairs;
  for (std::uint64_t i = 0; i < 6; ++i) {
    pairs.emplace_back(*backend);
    poller->add(pairs.back().one, Interest::write, i).value();
  }
  CHECK(look(*poller, 4) == Tokens{0, 1, 2, 3});
  CHECK(look(*poller, 4) == Tokens{4, 5, 0, 1});
  CHECK(look(*poller, 0).empty());
}

TEST_CASE("a failure shows in whatever was asked") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  const Pair pair(*backend);
  poller->add(pair.one, Interest::read, 1).value();
  backend->close(pair.other).value();
  std::array<ReadyEvent, 1> events;
  CHECK(poller->wait(events, Deadline::passed()).value() == 1);
  CHECK(events[0].ready == Interest::read);
  poller->modify(pair.one, Interest::read_write, 1).value();
  CHECK(poller->wait(events, Deadline::passed()).value() == 1);
  CHECK(events[0].ready == Interest::read_write);
}

TEST_CASE("wake() ends the present wait, or the next one") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  std::array<ReadyEvent, 1> events;
  poller->wake();
  poller->wake();
  CHECK(poller->wait(events, Deadline::never()).value() == 0);
  Thread waker(*backend, [&] {
    (void)backend->wait({}, Deadline::after(backend->now(), 5 * kSecond));
    poller->wake();
  });
  CHECK(poller->wait(events, Deadline::never()).value() == 0);
  CHECK(backend->now() == 5 * kSecond);
  waker.join();
}

TEST_CASE("a callback says that something may be ready") {
  const auto backend = new_memory_backend(1);
  const auto poller = backend->new_poller().value();
  const Pair pair(*backend);
  poller->add(pair.one, Interest::read, 1).value();
  int calls = 0;
  poller->set_callback([&] { ++calls; }).value();
  CHECK(calls == 0);
  send(*backend, pair.other, "x");
  CHECK(calls == 1);
  CHECK(look(*poller) == Tokens{1});
  poller->wake();
  CHECK(calls == 2);
  poller->set_callback([&] { calls += 100; }).value();  // something is ready already
  CHECK(calls == 102);
  poller->set_callback({}).value();
  poller->wake();
  CHECK(calls == 102);
}

TEST_CASE("the clock goes on for a poller that calls back, while its only thread waits for something else") {
  TwoHosts hosts(LinkSettings{.latency = 20 * kMillisecond});
  Socket from = hosts.datagram(*hosts.alpha, 1000);
  Socket to = hosts.datagram(*hosts.beta, 1000);
  const auto poller = hosts.beta->new_poller().value();
  poller->add(to.handle(), Interest::read, 1).value();
  Outside outside;
  poller->set_callback([&] { outside.ring(); }).value();
  std::atomic<bool> later{false};
  hosts.network.at(kSecond, [&] { later = true; });
  from.sendto("x", InetAddress{"10.0.0.2", 1000}).value();

  hosts.beta->thread_waits_elsewhere(true);
  REQUIRE(outside.wait());
  CHECK(!later);  // whoever was called has yet to look
  hosts.beta->thread_waits_elsewhere(false);
  CHECK(hosts.network.now() == 20 * kMillisecond);
  CHECK(look(*poller) == Tokens{1});
  CHECK(to.recv(10).value() == "x");

  // Nothing else calls back: then the clock goes as far as there are events.
  hosts.beta->thread_waits_elsewhere(true);
  hosts.beta->thread_waits_elsewhere(false);
  CHECK(later);
  CHECK(hosts.network.now() == kSecond);
}

TEST_CASE("in real time a callback comes without anybody's call") {
  TwoHosts hosts(NetworkSettings{.link = {.latency = 20 * kMillisecond}, .real_time = true});
  Socket from = hosts.datagram(*hosts.alpha, 1000);
  Socket to = hosts.datagram(*hosts.beta, 1000);
  const auto poller = hosts.beta->new_poller().value();
  poller->add(to.handle(), Interest::read, 1).value();
  Outside outside;
  poller->set_callback([&] { outside.ring(); }).value();
  const std::int64_t start = hosts.network.now();
  from.sendto("x", InetAddress{"10.0.0.2", 1000}).value();
  REQUIRE(outside.wait());
  CHECK(hosts.network.now() - start >= 20 * kMillisecond);
  CHECK(look(*poller) == Tokens{1});
}

TEST_CASE("a callback holds the clock until somebody looks, whoever else waits") {
  TwoHosts hosts(LinkSettings{.latency = 20 * kMillisecond});
  Socket from = hosts.datagram(*hosts.alpha, 1000);
  Socket to = hosts.datagram(*hosts.beta, 1000);
  const auto poller = hosts.beta->new_poller().value();
  poller->add(to.handle(), Interest::read, 1).value();
  Outside outside;
  poller->set_callback([&] { outside.ring(); }).value();
  std::atomic<bool> slept{false};
  Thread sleeper(*hosts.alpha, [&] {
    hosts.network.sleep_for(kSecond);
    slept = true;
  });
  from.sendto("x", InetAddress{"10.0.0.2", 1000}).value();
  hosts.beta->thread_waits_elsewhere(true);
  REQUIRE(outside.wait());
  CHECK(!slept);
  CHECK(look(*poller) == Tokens{1});
  hosts.beta->thread_waits_elsewhere(false);
  CHECK(hosts.network.now() == 20 * kMillisecond);
  poller->set_callback({}).value();
  sleeper.join();
  CHECK(hosts.network.now() >= kSecond);
}

TEST_CASE("a poller outlives its backend, and a backend its pollers") {
  auto backend = new_memory_backend(1);
  auto poller = backend->new_poller().value();
  const Pair pair(*backend);
  poller->add(pair.one, Interest::read_write, 1).value();
  backend.reset();
  CHECK(look(*poller).empty());
  poller.reset();
}

}  // namespace
}  // namespace everysock::testing
