#include "tests/benchmark/peer/raw_echo_server.h"

#include <sys/epoll.h>

#include <array>
#include <vector>

#include "tests/benchmark/harness/must.h"

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

}  // namespace

void serve_raw(RawHandle listener) {
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
      const RawSize received = raw_receive(fd, buffer.data(), buffer.size());
      if (received <= 0) {
        raw_close(fd);
        continue;
      }
      must(raw_send(fd, buffer.data(), static_cast<std::size_t>(received)) == received, "send");
    }
  }
}

}  // namespace everysock::benchmark
