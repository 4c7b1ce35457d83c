// An echo server for many connections at once: Selector against epoll(7). The time is the clients', the CPU time the
// server's.
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/benchmark/cases/catalogue.h"
#include "tests/benchmark/peer/echo_server_process.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBuffer = 16384;
constexpr int kMostEvents = 1024;  // as Selector asks for at once

void watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  must(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

void serve_with_epoll(int listener) {
  const RawSocket epoll(::epoll_create1(EPOLL_CLOEXEC));
  must(epoll.fd() >= 0, "epoll_create1");
  watch(epoll.fd(), listener);
  std::vector<char> buffer(kBuffer);
  std::array<epoll_event, kMostEvents> events;
  for (;;) {
    const int count = ::epoll_wait(epoll.fd(), events.data(), kMostEvents, -1);
    must(count >= 0, "epoll_wait");
    for (int i = 0; i < count; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (fd == listener) {
        const int accepted = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (accepted >= 0) watch(epoll.fd(), accepted);
        continue;
      }
      const ssize_t received = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (received <= 0) {
        ::close(fd);
        continue;
      }
      const ssize_t sent = ::send(fd, buffer.data(), static_cast<std::size_t>(received), MSG_NOSIGNAL);
      must(sent == received, "send");
    }
  }
}

// A server for each row, kept for all rounds: each has its connections to itself.
Row raw_row(std::string name, std::size_t connections) {
  auto server = std::make_shared<EchoServerProcess>([](const auto& tell_port) {
    const RawSocket listener = raw_listener(SOCK_NONBLOCK);
    tell_port(port_of(listener));
    serve_with_epoll(listener.fd());
  });
  return {std::move(name), load_of(std::move(server), connections)};
}

}  // namespace

Case echo_server(Targets targets, std::size_t connections) {
  const std::string text = std::to_string(connections);
  const double limit = connections <= 100 ? 1.10 : 1.20;
  Case result{.id = "echo_server_" + text,
              .title = "echo server, " + text + " connections",
              .operation = "64 bytes there and back, one under way per connection",
              .rows = {raw_row("raw", connections), raw_row("raw again", connections)},
              .bounds = {{"posix", Measure::time, limit}, {"posix", Measure::cpu, limit}},
              .turn_seconds = 0.1};
  for (Target* target : targets) result.rows.push_back({target->row(), target->echo_server_load(connections)});
  return result;
}

}  // namespace everysock::benchmark
