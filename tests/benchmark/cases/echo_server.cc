// An echo server for many connections at once: Selector against epoll(7). The time is the clients', the CPU time the
// server's.
#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/posix/posix_backend.h"
#include "tests/benchmark/cases/catalogue.h"
#include "tests/benchmark/peer/load_generator.h"

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

void serve_with_selector(Socket listener) {
  Selector selector = must(Selector::create(*listener.backend()), "Selector::create");
  must(listener.setblocking(false), "setblocking");
  must(selector.add(listener, Interest::read), "add");
  std::unordered_map<Socket*, std::unique_ptr<Socket>> connections;
  std::vector<char> buffer(kBuffer);
  for (;;) {
    for (const Selector::Event& event : must(selector.select(), "select")) {
      if (event.socket == &listener) {
        auto accepted = listener.accept();
        if (!accepted) continue;
        auto connection = std::make_unique<Socket>(std::move(accepted->socket));
        must(connection->setblocking(false), "setblocking");
        must(selector.add(*connection, Interest::read), "add");
        connections.emplace(connection.get(), std::move(connection));
        continue;
      }
      Socket& connection = *event.socket;
      const auto received = connection.recv_into(buffer);
      if (!received || *received == 0) {
        must(selector.remove(connection), "remove");
        connections.erase(&connection);
        continue;
      }
      if (must(connection.send({buffer.data(), *received}), "send") != *received) give_up("send", "short");
    }
  }
}

// A server in a process of its own, kept for all rounds; each has its connections to itself.
class Server {
 public:
  enum class Kind { epoll, selector };
  explicit Server(Kind kind) : process_([this, kind] { serve(kind); }) {}

  std::uint16_t port() const { return port_of(listener_); }
  double cpu_nanoseconds() const { return process_.cpu_nanoseconds(); }

 private:
  void serve(Kind kind) {
    if (kind == Kind::epoll) serve_with_epoll(listener_.fd());
    const auto backend = new_posix_backend();
    serve_with_selector(must(socket_from_fileno(listener_.fd(), {}, *backend), "socket_from_fileno"));
  }

  RawSocket listener_ = raw_listener(SOCK_NONBLOCK);
  ServerProcess process_;
};

class Load final : public Workload {
 public:
  Load(std::shared_ptr<Server> server, std::size_t connections)
      : server_(std::move(server)), clients_(server_->port(), connections) {}

  void run(std::size_t operations) override { clients_.run(operations); }
  double cpu_nanoseconds() const override { return server_->cpu_nanoseconds(); }

 private:
  std::shared_ptr<Server> server_;
  LoadGenerator clients_;
};

}  // namespace

Case echo_server(std::size_t connections) {
  const auto row = [connections](std::string name, Server::Kind kind) -> Row {
    auto server = std::make_shared<Server>(kind);
    return {std::move(name), [server, connections] { return std::make_unique<Load>(server, connections); }};
  };
  const std::string text = std::to_string(connections);
  const double limit = connections <= 100 ? 1.10 : 1.20;
  return {.id = "echo_server_" + text,
          .title = "echo server, " + text + " connections",
          .operation = "64 bytes there and back, one under way per connection",
          .rows = {row("raw", Server::Kind::epoll), row("raw again", Server::Kind::epoll),
                   row("posix", Server::Kind::selector)},
          .bounds = {{"posix", Measure::time, limit}, {"posix", Measure::cpu, limit}},
          .turn_seconds = 0.1};
}

}  // namespace everysock::benchmark
