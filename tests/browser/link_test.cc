// What a program sees when its proxy dies. check.mjs starts it in a page, kills the proxy and starts another one.
//   link_test open HOST PORT          makes one connection, and prints how it went
//   link_test loss HOST PEER-PORT     blocks in every way there is and prints "blocked"; prints for each call how it
//   ended
//                                     and "all returned"; then tries until a new connection echoes: "recovered"
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "everysock/selector.h"
#include "everysock/socket.h"

using namespace everysock;

namespace {

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

// A connection on which peer.mjs does `what` with so many bytes.
Result<Socket> connect(const InetAddress& peer, const std::string& what) {
  auto s = create_connection(peer);
  if (!s) return s;
  if (auto sent = s->sendall(what + "\n"); !sent) return Unexpected(sent.error());
  return s;
}

template <typename Value>
std::string outcome(const Result<Value>& result) {
  return result ? "returned without an error" : result.error().message();
}

int open(const InetAddress& peer) {
  const auto s = create_connection(peer);
  say(s ? "connected" : s.error().message());
  return 0;
}

int loss(const InetAddress& peer) {
  std::atomic<int> about_to_block{0};
  std::vector<std::thread> threads;
  const auto blocked = [&](const char* name, std::function<std::string()> call) {
    threads.emplace_back([&about_to_block, name, call = std::move(call)] {
      ++about_to_block;
      say(std::string("ended: ") + name + ": " + call());
    });
  };

  Socket idle = connect(peer, "echo 0").value();
  blocked("recv", [&] { return outcome(idle.recv(1)); });
  Socket timed = connect(peer, "echo 0").value();
  timed.settimeout(60.0).value();
  blocked("recv with a time-out", [&] { return outcome(timed.recv(1)); });
  Socket source = connect(peer, "give 1000000000000").value();
  std::atomic<std::size_t> received{0};
  blocked("recv in mid-transfer", [&] {
    for (;;) {
      const auto data = source.recv(65536);
      if (!data || data->empty()) return outcome(data);
      received += data->size();
    }
  });
  Socket sink = connect(peer, "take 1000000000000").value();
  std::atomic<std::size_t> sent{0};
  blocked("sendall in mid-transfer", [&] {
    const std::string piece(65536, 's');
    for (;;) {
      const auto done = sink.sendall(piece);
      if (!done) return outcome(done);
      sent += piece.size();
    }
  });
  Socket listener = create_server(InetAddress{"127.0.0.1", 0}).value();
  blocked("accept", [&] { return outcome(listener.accept()); });
  Socket datagrams = socket(af_inet, sock_dgram).value();
  datagrams.bind(InetAddress{"127.0.0.1", 0}).value();
  blocked("recvfrom", [&] { return outcome(datagrams.recvfrom(1)); });
  Socket watched = connect(peer, "echo 0").value();
  Selector selector = Selector::create().value();
  selector.add(watched, Interest::read).value();
  blocked("select", [&] {
    const auto events = selector.select(60.0);
    if (!events || events->empty()) return outcome(events);
    return outcome(watched.recv(1));
  });

  // Until everything flows and sleeps.
  constexpr std::size_t flowing = std::size_t{4} << 20;
  while (about_to_block < static_cast<int>(threads.size()) || received < flowing || sent < flowing) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  say("blocked");
  for (std::thread& thread : threads) thread.join();
  say("all returned");
  say("close: " + outcome(idle.close()));

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < deadline) {
    auto again = connect(peer, "echo 0");
    if (again) {
      again->sendall("hello").value();
      std::string back;
      while (back.size() < 5) back += again->recv(1).value();
      say(back == "hello" ? "recovered" : "the echo is wrong");
      return back == "hello" ? 0 : 1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  say("no connection within a minute");
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const InetAddress peer{argv[2], std::atoi(argv[3])};
  return std::string(argv[1]) == "open" ? open(peer) : loss(peer);
}
