// A TCP connection made and closed.
#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {
namespace {

class Raw final : public Workload {
 public:
  explicit Raw(std::uint16_t port) : port_(port) {}

  void run(std::size_t operations) override {
    for (std::size_t i = 0; i < operations; ++i) raw_connection(port_);
  }

 private:
  std::uint16_t port_;
};

class Library final : public Workload {
 public:
  explicit Library(Target& target) : backend_(target.backend()), address_{"127.0.0.1", target.hang_up_port()} {}

  void run(std::size_t operations) override {
    for (std::size_t i = 0; i < operations; ++i) {
      Socket connection = must(socket(af_inet, sock_stream, {}, backend_), "socket");
      must(connection.connect(address_), "connect");
      must(connection.close(), "close");
    }
  }

 private:
  Backend& backend_;
  InetAddress address_;
};

}  // namespace

Case connect_close(const Peers& peers, Targets targets) {
  return {.id = "connect_close",
          .title = "connect and close",
          .operation = "socket, connect, close",
          .rows = rows_of([&peers] { return std::make_unique<Raw>(peers.hang_up_port()); }, targets,
                          [](Target& target) { return std::make_unique<Library>(target); }),
          .bounds = {{kNativeRow, Measure::time, 1.03}},
          .frugal_rows = {kNativeRow}};
}

}  // namespace everysock::benchmark
