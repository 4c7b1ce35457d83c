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

TEST_CASE("receiving goes on after signals, without and with a time-out") {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(20)}) {
    auto pair = socketpair();
    REQUIRE(pair);
    REQUIRE(pair->first.settimeout(timeout));
    std::thread peer([&] {
      while (handled < 50) std::this_thread::yield();
      (void)pair->second.sendall("done");
    });
    {
      Interruptions interruptions;
      CHECK(pair->first.recv(100) == "done");
      CHECK(handled >= 50);
    }
    peer.join();
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

TEST_CASE("a closed peer raises no SIGPIPE") {
  auto pair = socketpair();
  REQUIRE(pair);
  REQUIRE(pair->second.close());
  CHECK(pair->first.send("x").error() == Errc::epipe);
  CHECK(pair->first.sendmsg({"x", "y"}).error() == Errc::epipe);
}

}  // namespace
}  // namespace everysock
