// The clock and several threads, announced and not.
#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "everysock/thread.h"
#include "support.h"

namespace everysock::testing {
namespace {

TEST_CASE("a server thread and a client, in no time") {
  TwoHosts hosts(LinkSettings{.latency = 50 * kMillisecond});
  Socket listener = hosts.listener();
  const Stopwatch real;
  Thread server(*hosts.beta, [&] {
    Socket s = listener.accept().value().socket;
    for (;;) {
      const std::string data = s.recv(100).value();
      if (data.empty()) return;
      s.sendall(data).value();
    }
  });
  {
    Socket client = create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).value();
    for (int i = 0; i < 100; ++i) {
      client.sendall("ping").value();
      CHECK(client.recv(100).value() == "ping");
    }
  }
  server.join();
  CHECK(hosts.network.now() >= 100 * 100 * kMillisecond);
  CHECK(real.nanoseconds() < 8 * kSecond);
}

TEST_CASE("the clock stands still while an announced thread computes") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
  Thread worker(*backend, [&sender = b] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // real work
    sender.send("done").value();
  });
  a.settimeout(0.001).value();
  CHECK(a.recv(10).value() == "done");
  CHECK(backend->now() == 0);
  worker.join();
}

TEST_CASE("between the end of a thread and the return of join() no time passes") {
  for (int round = 0; round < 20; ++round) {
    const auto backend = new_memory_backend(1);
    auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
    std::atomic<bool> timed_out{false};
    Thread waiter(*backend, [&receiver = a, &timed_out] {
      receiver.settimeout(30.0).value();
      timed_out = !receiver.recv(10);
    });
    Thread brief(*backend, [&] { (void)backend->now(); });
    brief.join();
    std::this_thread::yield();
    b.send("in time").value();
    waiter.join();
    CHECK(!timed_out);
    CHECK(backend->now() == 0);
  }
}

TEST_CASE("threads joined in another order than they end") {
  const auto backend = new_memory_backend(1);
  const Stopwatch real;
  std::vector<Thread> threads;
  for (int i = 5; i > 0; --i) {
    threads.emplace_back(*backend,
                         [&backend, i] { (void)backend->wait({}, Deadline::after(backend->now(), i * kSecond)); });
  }
  for (Thread& thread : threads) thread.join();
  CHECK(backend->now() == 5 * kSecond);
  CHECK(real.nanoseconds() < 5 * kSecond);
}

TEST_CASE("plain threads that nobody announced") {
  // The main thread is known and sits in join(), which the network cannot see: it goes on after the grace period.
  MemoryNetwork network({.grace = 30 * kMillisecond});
  const auto host = network.new_host("h").value();
  Socket listener = create_server({"127.0.0.1", 0}, {}, *host).value();
  const int port = std::get<InetAddress>(listener.getsockname().value()).port;
  std::string got;
  bool timed_out = false;
  std::thread server([&] {
    Socket s = listener.accept().value().socket;
    got = s.recv(10).value();
    s.settimeout(30.0).value();
    timed_out = !s.recv(10);
  });
  std::thread client([&] {
    Socket s = create_connection({"127.0.0.1", port}, {}, *host).value();
    s.send("hello").value();
    network.sleep_for(60 * kSecond);
  });
  server.join();
  client.join();
  CHECK(got == "hello");
  CHECK(timed_out);
  CHECK(network.now() >= 30 * kSecond);
}

TEST_CASE("a thread presumed to wait counts again from its next call") {
  MemoryNetwork network({.grace = 20 * kMillisecond});
  const auto host = network.new_host("h").value();
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *host).value();
  Thread sleeper(*host, [&network] { network.sleep_for(kSecond); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // longer than the grace period
  CHECK(network.now() == kSecond);
  std::atomic<bool> received{false};
  Thread receiver(*host, [&socket = a, &received] {
    socket.settimeout(10.0).value();
    received = socket.recv(10).has_value();
  });
  b.send("x").value();
  receiver.join();
  sleeper.join();
  CHECK(received);
  CHECK(network.now() == kSecond);
}

TEST_CASE("waiting for something else can be announced") {
  const auto backend = new_memory_backend(1);
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  const Stopwatch real;
  Thread worker(*backend, [&] {
    (void)backend->wait({}, Deadline::after(backend->now(), 3600 * kSecond));
    const std::lock_guard<std::mutex> lock(mutex);
    done = true;
    changed.notify_one();
  });
  {
    backend->thread_waits_elsewhere(true);
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return done; });
    lock.unlock();
    backend->thread_waits_elsewhere(false);
  }
  worker.join();
  CHECK(backend->now() == 3600 * kSecond);
  CHECK(real.nanoseconds() < 5 * kSecond);
}

TEST_CASE("a deadlock among threads is found out; one that waits for a thread is none") {
  MemoryNetwork network({.deadlock_after = 30 * kMillisecond});
  const auto host = network.new_host("h").value();
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *host).value();
  Errc one = Errc::ok;
  Thread thread(*host, [&receiver = a, &one] { one = receiver.recv(10).error().errc(); });
  thread.join();
  CHECK(one == Errc::edeadlk);
  CHECK(b.send("x"));
}

TEST_CASE("one socket, several threads: receiving, sending, shutting down") {
  const auto backend = new_memory_backend(1);
  auto [a, b] = socketpair(af_unix, sock_stream, {}, *backend).value();
  std::size_t received = 0;
  Thread receiver(*backend, [&socket = a, &received] {
    for (;;) {
      const std::string data = socket.recv(1000).value();
      if (data.empty()) return;
      received += data.size();
    }
  });
  Thread sender(*backend, [&socket = b] { socket.sendall(std::string(3 << 20, 'x')).value(); });
  sender.join();
  b.shutdown(shut_wr).value();
  receiver.join();
  CHECK(received == std::size_t{3} << 20);
}

TEST_CASE("closing a handle under a waiting call ends the call") {
  const auto backend = new_memory_backend(1);
  const Handle handle = backend->open(af_inet, sock_dgram, Protocol()).value();
  Errc error = Errc::ok;
  std::atomic<bool> started{false};
  Thread waiter(*backend, [&] {
    std::array<char, 4> memory{};
    const MutableBuffer buffer(memory);
    ReceiveRequest request{.buffers = {&buffer, 1}};
    started = true;
    error = backend->receive(handle, request).error().errc();
  });
  while (!started) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  backend->close(handle).value();
  waiter.join();
  CHECK(error == Errc::ebadf);
}

TEST_CASE("threads that come and go leave nothing behind") {
  const auto backend = new_memory_backend(1);
  for (int i = 0; i < 50; ++i) {
    std::thread plain([&] { (void)backend->now(); });
    plain.join();
    Thread announced(*backend, [] {});  // never calls
    announced.join();
  }
  // With one of them still counted this would take the grace period and more.
  const Stopwatch real;
  (void)backend->wait({}, Deadline::after(backend->now(), kSecond));
  CHECK(real.nanoseconds() < 400 * kMillisecond);
}

}  // namespace
}  // namespace everysock::testing
