#include "tests/benchmark/peer/load_generator.h"

#include <sys/epoll.h>

#include <array>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kMessage = 64;
constexpr int kMostEvents = 1024;
constexpr int kPatienceMilliseconds = 10'000;

}  // namespace

struct LoadGenerator::Waiting {
  RawSocket epoll{::epoll_create1(EPOLL_CLOEXEC)};
};

LoadGenerator::~LoadGenerator() = default;

LoadGenerator::LoadGenerator(std::uint16_t port, std::size_t connections) : waiting_(std::make_unique<Waiting>()) {
  const int epoll = waiting_->epoll.fd();
  must(epoll >= 0, "epoll_create1");
  for (std::size_t i = 0; i < connections; ++i) {
    RawSocket& connection = connections_.emplace_back(raw_connection(port));
    reset_on_close(connection.fd());
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = connection.fd();
    must(::epoll_ctl(epoll, EPOLL_CTL_ADD, connection.fd(), &event) == 0, "epoll_ctl");
  }
}

void LoadGenerator::run(std::size_t echoes) {
  std::array<char, kMessage> message{};
  std::size_t to_send = echoes;
  for (std::size_t i = 0; i < connections_.size() && to_send > 0; ++i, --to_send) {
    raw_send_all(connections_[i].fd(), message.data(), message.size());
  }
  std::array<epoll_event, kMostEvents> events;
  for (std::size_t left = echoes; left > 0;) {
    const int count = ::epoll_wait(waiting_->epoll.fd(), events.data(), kMostEvents, kPatienceMilliseconds);
    must(count >= 0, "epoll_wait");
    if (count == 0) give_up("load generator", "the server does not answer");
    for (int i = 0; i < count; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      raw_receive_all(fd, message.data(), message.size());
      --left;
      if (to_send == 0) continue;
      --to_send;
      raw_send_all(fd, message.data(), message.size());
    }
  }
}

}  // namespace everysock::benchmark
