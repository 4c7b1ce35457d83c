// A thread that waits in a way of its transport's, as a page's own does where its program can be suspended.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "everysock/socket.h"
#include "everysock/thread.h"
#include "tests/websocket/fake_transport.h"

namespace everysock::websocket {
namespace {

// Waits for notify(), but wakes a few times for nothing before.
class RestlessSleeper final : public Sleeper {
 public:
  void sleep(std::unique_lock<std::mutex>& lock, Deadline) override {
    CHECK(std::this_thread::get_id() == owner_);
    lock.unlock();
    if (++sleeps == 3 && at_third_sleep) at_third_sleep();
    {
      std::unique_lock own(mutex_);
      changed_.wait_for(own, std::chrono::milliseconds(1), [this] { return notified_; });
      notified_ = false;
    }
    lock.lock();
  }
  void notify() override {
    const std::lock_guard lock(mutex_);
    notified_ = true;
    changed_.notify_all();
  }

  int sleeps = 0;
  std::function<void()> at_third_sleep;

 private:
  const std::thread::id owner_ = std::this_thread::get_id();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool notified_ = false;
};

struct Suspended : FakeLink {
  Suspended() { transport->suspend_by(sleeper); }
  Socket connected() {
    Socket s = socket(af_inet, sock_stream, {}, *backend).value();
    REQUIRE(s.connect(server_address));
    return s;
  }
  // From now on.
  void answer_at_third_sleep() {
    sleeper.sleeps = 0;
    sleeper.at_third_sleep = [this] { transport->push(message(1, Data{{"pong"}})); };
  }
  RestlessSleeper sleeper;
};

}  // namespace

TEST_CASE("sleeper: what is waited for, and nothing earlier, ends a call") {
  Suspended link;
  Socket s = link.connected();
  link.answer_at_third_sleep();
  CHECK(s.recv(10).value() == "pong");
  CHECK(link.sleeper.sleeps >= 3);
}

TEST_CASE("sleeper: a time-out is as long as without one") {
  Suspended link;
  Socket s = link.connected();
  s.settimeout(0.02).value();
  const std::int64_t start = link.backend->now();
  CHECK(s.recv(1).error().is_timeout());
  CHECK(link.backend->now() - start >= 20'000'000);
}

TEST_CASE("sleeper: other threads wait as before, one after another on what it waited on") {
  Suspended link;
  Socket s = link.connected();
  for (int i = 0; i < 20; ++i) {
    Thread other(*link.backend, [&] { REQUIRE(s.getsockopt(sol_socket, so_rcvbuf)); });
    REQUIRE(s.getsockopt(sol_socket, so_rcvbuf));
  }
}

TEST_CASE("sleeper: the end of a thread is waited for as anything else") {
  Suspended link;
  Socket s = link.connected();
  std::atomic<bool> received{false};
  Thread other(*link.backend, [&] { received = s.recv(10).value() == "pong"; });
  link.answer_at_third_sleep();
  other.join();
  CHECK(received);
  CHECK(link.sleeper.sleeps >= 3);
}

}  // namespace everysock::websocket
