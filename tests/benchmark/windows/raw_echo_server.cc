#include "tests/benchmark/peer/raw_echo_server.h"

#include <vector>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBuffer = 16384;
constexpr int kForever = -1;

}  // namespace

void serve_raw(RawHandle listener) {
  std::vector<PollEntry> sockets{{listener, POLLRDNORM, 0}};
  std::vector<char> buffer(kBuffer);
  for (;;) {
    must(raw_poll(sockets.data(), sockets.size(), kForever) > 0, "WSAPoll");
    std::vector<PollEntry> next{{listener, POLLRDNORM, 0}};
    for (const PollEntry& socket : sockets) {
      bool stays = socket.fd != listener;
      if (stays && socket.revents != 0) {
        const RawSize received = raw_receive(socket.fd, buffer.data(), buffer.size());
        stays = received > 0;
        if (stays) must(raw_send(socket.fd, buffer.data(), static_cast<std::size_t>(received)) == received, "send");
        if (!stays) raw_close(socket.fd);
      }
      if (stays) next.push_back({socket.fd, POLLRDNORM, 0});
    }
    if (sockets.front().revents != 0) {
      const RawHandle accepted = raw_accept(listener);  // does not block, as the listener does not
      if (accepted != kNoHandle) next.push_back({accepted, POLLRDNORM, 0});
    }
    sockets.swap(next);
  }
}

}  // namespace everysock::benchmark
