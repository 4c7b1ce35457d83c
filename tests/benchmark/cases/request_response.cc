// A message there and back over TCP, to a blocking echo peer.
#include <string>
#include <vector>

#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {
namespace {

constexpr double kTimeoutSeconds = 5;
constexpr std::size_t kSize = 64;  // where a time-out is set

class Raw : public Workload {
 public:
  Raw(std::uint16_t port, std::size_t size) : connection_(raw_connection(port)), buffer_(size) {}

  void run(std::size_t operations) override {
    for (std::size_t i = 0; i < operations; ++i) {
      send();
      receive();
    }
  }

 protected:
  void send() {
    const RawSize sent = raw_send(connection_.fd(), buffer_.data(), buffer_.size());
    must(sent == static_cast<RawSize>(buffer_.size()), "send");
  }
  void receive() {
    const RawSize received = raw_receive(connection_.fd(), buffer_.data(), buffer_.size());
    must(received == static_cast<RawSize>(buffer_.size()), "recv");
  }

  RawSocket connection_;

 private:
  std::vector<char> buffer_;
};

// The shortest way to a time-out: poll(2) before recv(2). It knows no deadline and survives no signal.
class RawWithTimeout final : public Raw {
 public:
  using Raw::Raw;

  void run(std::size_t operations) override {
    for (std::size_t i = 0; i < operations; ++i) {
      send();
      PollEntry polled{connection_.fd(), POLLIN, 0};
      must(raw_poll(&polled, 1, static_cast<int>(kTimeoutSeconds * 1000)) == 1, "poll");
      receive();
    }
  }
};

class Library final : public Workload {
 public:
  Library(Target& target, std::uint16_t port, std::size_t size, Timeout timeout)
      : connection_(target.connection(port)), buffer_(size) {
    must(connection_.settimeout(timeout), "settimeout");
  }

  void run(std::size_t operations) override {
    for (std::size_t i = 0; i < operations; ++i) {
      if (must(connection_.send(buffer_), "send") != buffer_.size()) give_up("send", "short");
      if (must(connection_.recv_into(buffer_), "recv_into") != buffer_.size()) give_up("recv_into", "short");
    }
  }

 private:
  Socket connection_;
  std::vector<char> buffer_;
};

using PortOf = std::uint16_t (Target::*)();

auto library(PortOf port, std::size_t size, Timeout timeout) {
  return [=](Target& target) { return std::make_unique<Library>(target, (target.*port)(), size, timeout); };
}

}  // namespace

Case request_response(const Peers& peers, Targets targets, std::size_t size) {
  const std::string text = std::to_string(size);
  return {.id = "request_response_" + text,
          .title = text + "-byte request/response",
          .operation = "send and recv_into, one round trip",
          .rows = rows_of([&peers, size] { return std::make_unique<Raw>(peers.echo_port(), size); }, targets,
                          library(&Target::echo_port, size, std::nullopt)),
          .bounds = {{kNativeRow, Measure::time, 1.02}, {kNativeRow, Measure::cpu, 1.05}},
          .frugal_rows = {kNativeRow}};
}

Case request_response_with_timeout(const Peers& peers, Targets targets) {
  return {.id = "request_response_64_timeout",
          .title = "64-byte request/response, 5 s time-out",
          .operation = "send and recv_into, one round trip; raw: send, poll, recv",
          .rows = rows_of([&peers] { return std::make_unique<RawWithTimeout>(peers.echo_port(), kSize); }, targets,
                          library(&Target::echo_port, kSize, kTimeoutSeconds)),
          .bounds = {{kNativeRow, Measure::time, 1.00}}};
}

// How many system calls that takes is counted where the answer is surely not there yet: counting slows the client down.
Case late_response_with_timeout(const Peers& peers, Targets targets) {
  return {.id = "late_response_64_timeout",
          .title = "64-byte request, a late response, 5 s time-out",
          .operation = "send and recv_into; raw: send, poll, recv",
          .rows = rows_of([&peers] { return std::make_unique<RawWithTimeout>(peers.late_echo_port(), kSize); }, targets,
                          library(&Target::late_echo_port, kSize, kTimeoutSeconds)),
          .frugal_rows = {kNativeRow},
          .timed = false};
}

}  // namespace everysock::benchmark
