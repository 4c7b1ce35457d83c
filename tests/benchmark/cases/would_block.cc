// Receiving where nothing has come: the price of asking.
#include <array>

#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {
namespace {

class Raw final : public Workload {
 public:
  explicit Raw(std::uint16_t port) : connection_(raw_connection(port)) { do_not_block(connection_.fd()); }

  void run(std::size_t operations) override {
    std::array<char, 64> buffer;
    for (std::size_t i = 0; i < operations; ++i) {
      const RawSize received = raw_receive(connection_.fd(), buffer.data(), buffer.size());
      if (received >= 0 || !raw_would_block()) give_up("would_block", "recv did not give EAGAIN");
    }
  }

 private:
  RawSocket connection_;
};

class Library final : public Workload {
 public:
  explicit Library(Target& target) : connection_(target.connection(target.echo_port())) {
    must(connection_.setblocking(false), "setblocking");
  }

  void run(std::size_t operations) override {
    std::array<char, 64> buffer;
    for (std::size_t i = 0; i < operations; ++i) {
      const auto received = connection_.recv_into(buffer);
      if (received || received.error() != Errc::eagain) give_up("would_block", "recv_into did not give EAGAIN");
    }
  }

 private:
  Socket connection_;
};

}  // namespace

Case would_block(const Peers& peers, Targets targets) {
  return {.id = "would_block",
          .title = "EAGAIN recv",
          .operation = "one recv_into with nothing to receive",
          .rows = rows_of([&peers] { return std::make_unique<Raw>(peers.echo_port()); }, targets,
                          [](Target& target) { return std::make_unique<Library>(target); }),
          .bounds = {{kNativeRow, Measure::time, 1.05}},
          .frugal_rows = {kNativeRow}};
}

}  // namespace everysock::benchmark
