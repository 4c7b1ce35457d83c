// The virtual clock, as one thread sees it.
#include <doctest/doctest.h>

#include <vector>

#include "support.h"

namespace everysock::testing {
namespace {

TEST_CASE("half a minute takes no time, and exactly half a minute") {
  const auto backend = new_memory_backend(1);
  Socket s = socket(af_inet, sock_dgram, {}, *backend).value();
  s.bind(InetAddress{"127.0.0.1", 0}).value();
  s.settimeout(30.0).value();
  const Stopwatch real;
  const std::int64_t start = backend->now();
  const auto received = s.recv(10);
  REQUIRE(!received);
  CHECK(received.error().is_timeout());
  CHECK(backend->now() - start == 30 * kSecond);
  CHECK(real.nanoseconds() < 5 * kSecond);
}

TEST_CASE("every waiting call has its time-out") {
  const auto backend = new_memory_backend(1);
  Socket listener = create_server({"127.0.0.1", 0}, {}, *backend).value();
  listener.settimeout(7.0).value();
  std::int64_t start = backend->now();
  CHECK(listener.accept().error().is_timeout());
  CHECK(backend->now() - start == 7 * kSecond);

  Socket client =
      create_connection({"127.0.0.1", std::get<InetAddress>(listener.getsockname().value()).port}, {}, *backend)
          .value();
  client.settimeout(3.0).value();
  start = backend->now();
  const std::string data(1 << 20, 'x');
  Result<void> sent;
  while ((sent = client.sendall(data))) {
  }
  CHECK(sent.error().is_timeout());
  CHECK(backend->now() - start == 3 * kSecond);

  Selector selector = Selector::create(*backend).value();
  start = backend->now();
  CHECK(selector.select(1.25).value().empty());
  CHECK(backend->now() - start == 1250 * kMillisecond);
}

TEST_CASE("so_rcvtimeo and so_sndtimeo") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
  const std::int64_t two_and_a_half[2] = {2, 500000};
  const ConstBuffer value(two_and_a_half, sizeof(two_and_a_half));
  a.setsockopt(sol_socket, so_rcvtimeo, value).value();
  a.setsockopt(sol_socket, so_sndtimeo, value).value();
  std::int64_t start = backend->now();
  CHECK(a.recv(10).error() == Errc::eagain);
  CHECK(backend->now() - start == 2500 * kMillisecond);
  start = backend->now();
  const std::string data(10 << 20, 'x');
  const auto sent = a.send(data);
  REQUIRE(sent);  // as much as there was room for
  CHECK(*sent > 100000);
  CHECK(*sent < data.size());
  CHECK(backend->now() - start == 2500 * kMillisecond);
  CHECK(a.send(data).error() == Errc::eagain);
}

TEST_CASE("a loop that polls gets somewhere") {
  TwoHosts hosts(LinkSettings{.latency = 5 * kMillisecond});
  Socket a = hosts.datagram(*hosts.alpha, 1000);
  Socket b = hosts.datagram(*hosts.beta, 1000);
  b.setblocking(false).value();
  a.sendto("x", InetAddress{"10.0.0.2", 1000}).value();
  int tries = 1;
  while (!b.recv(10)) ++tries;
  CHECK(tries > 1000);
  CHECK(tries < 6000);
  CHECK(hosts.network.now() >= 5 * kMillisecond);

  a.sendto("y", InetAddress{"10.0.0.2", 1000}).value();
  Selector selector = Selector::create(*hosts.beta).value();
  selector.add(b, Interest::read).value();
  tries = 1;
  while (selector.select(0).value().empty()) ++tries;
  CHECK(tries > 1000);
  selector.remove(b).value();
}

TEST_CASE("sleeping and actions at a moment") {
  MemoryNetwork network;
  const auto host = network.new_host("h").value();
  std::vector<std::int64_t> moments;
  network.at(3 * kSecond, [&] { moments.push_back(network.now()); });
  network.at(1 * kSecond, [&] {
    moments.push_back(network.now());
    network.at(2 * kSecond, [&] { moments.push_back(network.now()); });
  });
  network.sleep_for(5 * kSecond);
  CHECK(network.now() == 5 * kSecond);
  CHECK(moments == std::vector<std::int64_t>{1 * kSecond, 2 * kSecond, 3 * kSecond});
  network.sleep_until(4 * kSecond);
  CHECK(network.now() == 5 * kSecond);
  CHECK(host->wait({}, Deadline::after(host->now(), kSecond)).value() == 0);
  CHECK(host->now() == 6 * kSecond);
}

TEST_CASE("an action may use sockets") {
  MemoryNetwork network;
  const auto host = network.new_host("h").value();
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *host).value();
  network.at(10 * kSecond, [&sender = a] { (void)sender.send("late"); });
  CHECK(b.recv(10).value() == "late");
  CHECK(network.now() == 10 * kSecond);
}

TEST_CASE("a clock that keeps pace with the real one") {
  MemoryNetwork network({.deadlock_after = kMillisecond, .real_time = true});
  const auto host = network.new_host("h").value();
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *host).value();
  const Stopwatch real;
  const std::int64_t start = host->now();
  a.settimeout(0.05).value();
  CHECK(a.recv(10).error().is_timeout());
  CHECK(host->now() - start >= 50 * kMillisecond);
  CHECK(real.nanoseconds() >= 50 * kMillisecond);
  network.at(host->now() + 30 * kMillisecond, [&sender = b] { (void)sender.send("late"); });
  a.setblocking(true).value();
  CHECK(a.recv(10).value() == "late");
  CHECK(real.nanoseconds() >= 80 * kMillisecond);
  network.sleep_for(20 * kMillisecond);
  CHECK(real.nanoseconds() >= 100 * kMillisecond);
  // It has not run ahead, as it would by jumping.
  const std::int64_t passed = host->now() - start;
  CHECK(passed <= real.nanoseconds());
}

TEST_CASE("waiting for what never comes is found out") {
  MemoryNetwork network({.deadlock_after = 20 * kMillisecond});
  const auto host = network.new_host("h").value();
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *host).value();
  CHECK(a.recv(10).error() == Errc::edeadlk);
  WaitItem item{a.handle(), Interest::read};
  CHECK(host->wait({&item, 1}, Deadline::never()).error() == Errc::edeadlk);
  const auto poller = host->new_poller().value();
  ReadyEvent event;
  CHECK(poller->wait({&event, 1}, Deadline::never()).error() == Errc::edeadlk);
  // Nothing is lost by it.
  b.send("x").value();
  CHECK(a.recv(10).value() == "x");
}

TEST_CASE("close waits as so_linger says") {
  TwoHosts hosts(LinkSettings{.latency = 100 * kMillisecond});
  auto [client, server] = hosts.connection();
  const int on_five[2] = {1, 5};
  client.setsockopt(sol_socket, so_linger, ConstBuffer(on_five, sizeof(on_five))).value();
  client.send("goodbye").value();
  std::int64_t start = hosts.network.now();
  client.close().value();
  CHECK(hosts.network.now() - start == 200 * kMillisecond);  // there, and the acknowledgement back
  CHECK(server.recv(10).value() == "goodbye");
  CHECK(server.recv(10).value().empty());

  auto [other, unused] = hosts.connection(81);
  other.setsockopt(sol_socket, so_linger, ConstBuffer(on_five, sizeof(on_five))).value();
  hosts.network.partition("alpha", "beta").value();
  other.send("lost").value();
  start = hosts.network.now();
  other.close().value();
  CHECK(hosts.network.now() - start == 5 * kSecond);
}

}  // namespace
}  // namespace everysock::testing
