// A program that is suspended where it waits, on the page's own thread: what goes on meanwhile, and what ends it.
//   suspending_test together HOST PEER-PORT   beside the event loop and threads; prints "PASSED"
//   suspending_test loss HOST PEER-PORT       prints "blocked", waits for an end of the link, and prints how the call
//                                             ended; then tries until a new connection echoes: "recovered"
//   suspending_test exit|abort HOST PEER-PORT connects and ends so
#include <emscripten/eventloop.h>
#include <emscripten/threading.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "everysock/default_backend.h"
#include "everysock/selector.h"
#include "everysock/socket.h"
#include "everysock/thread.h"
#include "everysock/websocket_backend.h"

using namespace everysock;

namespace {

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void check(bool holds, const char* what) {
  if (holds) return;
  say(std::string("FAILED: ") + what);
  std::exit(1);
}
#define CHECK(condition) check(condition, #condition)

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Runs on the page's own thread from its event loop, `milliseconds` later.
void later(double milliseconds, std::function<void()> call) {
  const auto run = [](void* call) {
    (*static_cast<std::function<void()>*>(call))();
    delete static_cast<std::function<void()>*>(call);
  };
  emscripten_set_timeout(run, milliseconds, new std::function<void()>(std::move(call)));
}

// A connection to peer.mjs, which sends everything back.
Result<Socket> connect(const InetAddress& peer) {
  auto s = create_connection(peer);
  if (!s) return s;
  if (auto sent = s->sendall("echo 0\n"); !sent) return Unexpected(sent.error());
  return s;
}

std::string echo(Socket& s, const std::string& text) {
  s.sendall(text).value();
  std::string back;
  while (back.size() < text.size()) back += s.recv(1024).value();
  return back;
}

void wait_in_every_way(const InetAddress& peer) {
  Socket s = connect(peer).value();
  CHECK(echo(s, "hello") == "hello");
  CHECK(!getaddrinfo("localhost", 80).value().empty());

  constexpr double patience = 0.05;
  s.settimeout(patience).value();
  const double start = now();
  const auto late = s.recv(1);
  CHECK(!late && late.error().is_timeout());
  CHECK(now() - start >= patience);
  CHECK(echo(s, "again") == "again");

  Selector selector = Selector::create().value();
  selector.add(s, Interest::read).value();
  CHECK(selector.select(patience).value().empty());
  s.sendall("x").value();
  CHECK(selector.select(10.0).value().size() == 1);
  selector.remove(s).value();
}

// The event loop goes on while the program waits. What it calls cannot be suspended, and is told so.
void beside_the_event_loop(const InetAddress& peer) {
  Socket idle = connect(peer).value();
  Socket busy = connect(peer).value();
  busy.setblocking(false).value();
  bool answered = false;
  const std::function<void()> look = [&] {
    const auto answer = busy.recv(100);
    if (!answer && answer.error() == Errc::eagain) return later(1, look);
    CHECK(answer.value() == "from the event loop");
    answered = true;
    idle.shutdown(shut_rdwr).value();
  };
  later(0, [&] {
    CHECK(emscripten_is_main_browser_thread() != 0);
    const auto refused = idle.recv(1);
    CHECK(!refused && refused.error() == UsageErrc::would_block_page);
    const auto looked_up = getaddrinfo("localhost", 80);
    CHECK(!looked_up && looked_up.error() == UsageErrc::would_block_page);
    CHECK(busy.send("from the event loop").value() == 19);
    look();
  });
  CHECK(idle.recv(1).value().empty());
  CHECK(answered);
}

// Other threads use the same link while the program is suspended, and wake it.
void beside_threads(const InetAddress& peer) {
  constexpr int rounds = 200;
  const auto converse = [&](const std::string& text) {
    Socket s = connect(peer).value();
    for (int i = 0; i < rounds; ++i) CHECK(echo(s, text + std::to_string(i)) == text + std::to_string(i));
  };
  Thread first(default_backend(), [&] { converse("first "); });
  Thread second(default_backend(), [&] { converse("second "); });
  converse("main ");
  first.join();
  second.join();
  // What this one waits for comes in the event loop, which has to go on in join().
  Thread(default_backend(), [&] { converse("third "); }).join();

  Selector selector = Selector::create().value();
  Socket idle = connect(peer).value();
  selector.add(idle, Interest::read).value();
  // Nothing comes over the link meanwhile, with which the main thread would look by itself.
  Socket quiet = connect(peer).value();
  quiet.settimeout(0.1).value();
  const auto wait_quietly = [&] { CHECK(quiet.recv(1).error().is_timeout()); };
  Thread waker(default_backend(), [&] {
    wait_quietly();
    selector.wake();
  });
  CHECK(selector.select().value().empty());
  Thread(default_backend(), wait_quietly).join();
  Thread ender(default_backend(), [&] { idle.shutdown(shut_rdwr).value(); });
  CHECK(idle.recv(1).value().empty());
}

// A backend made by another thread lives in the event loop too, and may be used before that has had a turn.
void beside_another_backend(const InetAddress& peer) {
  std::unique_ptr<Backend> other;
  std::atomic<bool> made{false};
  Thread maker(default_backend(), [&] {
    other = new_websocket_backend({});
    made = true;
  });
  while (!made) {
  }
  Socket s = create_connection(peer, {}, *other).value();
  Socket own = connect(peer).value();
  s.sendall("echo 0\n").value();
  for (int i = 0; i < 50; ++i) {
    CHECK(echo(s, "other") == "other");
    CHECK(echo(own, "own") == "own");
  }
}

int together(const InetAddress& peer) {
  CHECK(emscripten_is_main_browser_thread() != 0);
  wait_in_every_way(peer);
  beside_the_event_loop(peer);
  beside_threads(peer);
  beside_another_backend(peer);
  say("PASSED");
  return 0;
}

int loss(const InetAddress& peer) {
  Socket s = connect(peer).value();
  say("blocked");
  const auto received = s.recv(1);
  say("ended: " + (received ? "returned without an error" : received.error().message()));
  const double deadline = now() + 60;
  Selector pause = Selector::create().value();
  while (now() < deadline) {
    if (auto again = connect(peer)) {
      say(echo(*again, "hello") == "hello" ? "recovered" : "the echo is wrong");
      return 0;
    }
    pause.select(0.05).value();
  }
  say("no connection within a minute");
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  CHECK(argc == 4);
  const std::string what = argv[1];
  const InetAddress peer{argv[2], std::atoi(argv[3])};
  if (what == "together") return together(peer);
  if (what == "loss") return loss(peer);
  Socket s = connect(peer).value();
  CHECK(echo(s, "hello") == "hello");
  say("connected");
  if (what == "abort") std::abort();
  return 7;
}
