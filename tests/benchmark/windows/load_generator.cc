#include "tests/benchmark/peer/load_generator.h"

#include <array>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kMessage = 64;
constexpr int kPatienceMilliseconds = 10'000;

}  // namespace

struct LoadGenerator::Waiting {
  std::vector<PollEntry> sockets;
};

LoadGenerator::~LoadGenerator() = default;

LoadGenerator::LoadGenerator(std::uint16_t port, std::size_t connections) : waiting_(std::make_unique<Waiting>()) {
  for (std::size_t i = 0; i < connections; ++i) {
    const RawSocket& connection = connections_.emplace_back(raw_connection(port));
    reset_on_close(connection.fd());
    waiting_->sockets.push_back({connection.fd(), POLLRDNORM, 0});
  }
}

void LoadGenerator::run(std::size_t echoes) {
  std::array<char, kMessage> message{};
  std::size_t to_send = echoes;
  for (std::size_t i = 0; i < connections_.size() && to_send > 0; ++i, --to_send) {
    raw_send_all(connections_[i].fd(), message.data(), message.size());
  }
  std::vector<PollEntry>& sockets = waiting_->sockets;
  for (std::size_t left = echoes; left > 0;) {
    const int count = raw_poll(sockets.data(), sockets.size(), kPatienceMilliseconds);
    must(count >= 0, "WSAPoll");
    if (count == 0) give_up("load generator", "the server does not answer");
    for (const PollEntry& socket : sockets) {
      if (socket.revents == 0) continue;
      raw_receive_all(socket.fd, message.data(), message.size());
      --left;
      if (to_send == 0) continue;
      --to_send;
      raw_send_all(socket.fd, message.data(), message.size());
    }
  }
}

}  // namespace everysock::benchmark
