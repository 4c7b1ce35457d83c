// A datagram there and back, unconnected: every one carries its address.
#include <array>

#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kSize = 64;

class Raw final : public Workload {
 public:
  explicit Raw(std::uint16_t port) : socket_(raw_datagram_socket()), peer_(raw_address(port)) {}

  void run(std::size_t operations) override {
    std::array<char, kSize> buffer{};
    for (std::size_t i = 0; i < operations; ++i) {
      const RawSize sent = raw_send_to(socket_.fd(), buffer.data(), buffer.size(), peer_);
      must(sent == kSize, "sendto");
      sockaddr_in sender;
      const RawSize received = raw_receive_from(socket_.fd(), buffer.data(), buffer.size(), sender);
      must(received == kSize, "recvfrom");
      if (sender.sin_family != AF_INET) give_up("recvfrom", "no address");
    }
  }

 private:
  RawSocket socket_;
  sockaddr_in peer_;
};

class Library final : public Workload {
 public:
  explicit Library(Target& target)
      : socket_(must(socket(af_inet, sock_dgram, {}, target.backend()), "socket")),
        peer_(InetAddress{"127.0.0.1", target.datagram_echo_port()}) {
    must(socket_.bind(InetAddress{"127.0.0.1", 0}), "bind");
  }

  void run(std::size_t operations) override {
    std::array<char, kSize> buffer{};
    for (std::size_t i = 0; i < operations; ++i) {
      if (must(socket_.sendto(buffer, peer_), "sendto") != kSize) give_up("sendto", "short");
      const ReceivedInto received = must(socket_.recvfrom_into(buffer), "recvfrom_into");
      if (received.nbytes != kSize || received.address.index() != peer_.index()) give_up("recvfrom_into", "not ours");
    }
  }

 private:
  Socket socket_;
  Address peer_;
};

}  // namespace

Case datagram(const Peers& peers, Targets targets) {
  return {.id = "datagram",
          .title = "UDP request/response",
          .operation = "sendto and recvfrom_into of 64 bytes, one round trip",
          .rows = rows_of([&peers] { return std::make_unique<Raw>(peers.datagram_echo_port()); }, targets,
                          [](Target& target) { return std::make_unique<Library>(target); }),
          .bounds = {{kNativeRow, Measure::time, 1.03}},
          .frugal_rows = {kNativeRow}};
}

}  // namespace everysock::benchmark
