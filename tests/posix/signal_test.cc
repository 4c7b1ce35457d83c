// Signals during calls, as PEP 475 has them: retried, with the time that is left.
#include <doctest/doctest.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <functional>
#include <thread>

#include "everysock/socket.h"

namespace everysock {
namespace {

std::atomic<int> handled{0};

// Sends this thread SIGUSR1 again and again, without SA_RESTART, until the scope is left.
class Interruptions {
 public:
  Interruptions() {
    struct sigaction action {};
    action.sa_handler = [](int) { handled.fetch_add(1); };
    ::sigaction(SIGUSR1, &action, &before_);
    handled = 0;
    sender_ = std::thread([this, target = ::pthread_self()] {
      while (!done_) {
        ::pthread_kill(target, SIGUSR1);
        ::sched_yield();
      }
    });
  }
  ~Interruptions() {
    done_ = true;
    sender_.join();
    ::sigaction(SIGUSR1, &before_, nullptr);
  }

 private:
  struct sigaction before_ {};
  std::atomic<bool> done_{false};
  std::thread sender_;
};

// Makes the call while signals come, and lets it end, by `end` in a thread of its own, only after fifty of them.
template <typename Call, typename End>
void interrupted(Call call, End end) {
  const Interruptions interruptions;
  std::thread peer([&] {
    while (handled < 50) std::this_thread::yield();
    end();
  });
  call();
  CHECK(handled >= 50);
  peer.join();
}

TEST_CASE("receiving goes on after signals, without and with a time-out") {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(20)}) {
    auto pair = socketpair();
    REQUIRE(pair);
    REQUIRE(pair->first.settimeout(timeout));
    interrupted([&] { CHECK(pair->first.recv(100) == "done"); }, [&] { (void)pair->second.sendall("done"); });
  }
}

TEST_CASE("a time-out is not prolonged by signals") {
  auto pair = socketpair();
  REQUIRE(pair);
  REQUIRE(pair->first.settimeout(0.05));
  Interruptions interruptions;
  const auto result = pair->first.recv(1);
  REQUIRE_FALSE(result);
  CHECK(result.error().is_timeout());
  CHECK(handled > 0);
}

TEST_CASE("sending everything goes on after signals") {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(20)}) {
    auto pair = socketpair();
    REQUIRE(pair);
    REQUIRE(pair->first.settimeout(timeout));
    const std::string data(4 << 20, 'x');
    std::size_t received = 0;
    interrupted([&] { CHECK(pair->first.sendall(data)); },
                [&] {
                  while (received < data.size()) received += pair->second.recv(1 << 20)->size();
                });
    CHECK(received == data.size());
  }
}

TEST_CASE("accepting goes on after signals") {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(20)}) {
    auto server = create_server({"127.0.0.1", 0});
    REQUIRE(server);
    REQUIRE(server->settimeout(timeout));
    const int port = std::get<InetAddress>(*server->getsockname()).port;
    Result<Socket> client = fail(Operation::none, Errc::eio);
    interrupted([&] { CHECK(server->accept()); }, [&] { client = create_connection({"127.0.0.1", port}); });
    CHECK(client);
  }
}

// A listener that has no room for another connection until one is accepted.
struct FullListener {
  explicit FullListener(AddressFamily family) {
    listener = std::move(*socket(family, sock_stream));
    if (family == af_unix) {
      REQUIRE(listener.bind(UnixAddress{""}));  // a name of the system's choice
    } else {
      REQUIRE(listener.bind({"127.0.0.1", 0}));
    }
    REQUIRE(listener.listen(0));
    address = *listener.getsockname();
    for (;;) {
      waiting.push_back(std::move(*socket(family, sock_stream)));
      REQUIRE(waiting.back().settimeout(0.05));
      if (!waiting.back().connect(address)) break;
    }
    waiting.pop_back();
  }
  Socket listener;
  Address address;
  std::vector<Socket> waiting;
};

TEST_CASE("connecting goes on after signals") {
  for (const AddressFamily family : {af_inet, af_unix}) {
    for (const Timeout timeout : {Timeout(std::nullopt), Timeout(20)}) {
      if (family == af_unix && !timeout.is_none()) continue;  // gives EAGAIN at once, and waits for nothing
      CAPTURE(family.value());
      FullListener full(family);
      auto client = socket(family, sock_stream);
      REQUIRE(client);
      REQUIRE(client->settimeout(timeout));
      interrupted([&] { CHECK(client->connect(full.address)); },
                  [&] {
                    for (std::size_t i = 0; i < full.waiting.size() + 1; ++i) (void)full.listener.accept();
                  });
      CHECK(client->getpeername() == full.address);  // really connected
    }
  }
}

TEST_CASE("a connection that is refused after signals says so") {
  FullListener full(af_inet);
  auto client = socket();
  REQUIRE(client);
  interrupted([&] { CHECK(client->connect(full.address).error() == Error(Operation::connect, Errc::econnrefused)); },
              [&] { CHECK(full.listener.close()); });
}

TEST_CASE("a closed peer raises no SIGPIPE") {
  auto pair = socketpair();
  REQUIRE(pair);
  REQUIRE(pair->second.close());
  CHECK(pair->first.send("x").error() == Errc::epipe);
  CHECK(pair->first.sendmsg({"x", "y"}).error() == Errc::epipe);
}

}  // namespace
}  // namespace everysock
