// Bulk data in blocks of 64 KiB, out and in.
#include <vector>

#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBlock = 65536;

class RawOut final : public Workload {
 public:
  explicit RawOut(std::uint16_t port) : connection_(raw_connection(port)), block_(kBlock) {}

  void run(std::size_t operations) override {
    const std::uint64_t total = operations * kBlock;
    raw_send_all(connection_.fd(), reinterpret_cast<const char*>(&total), sizeof(total));
    for (std::size_t i = 0; i < operations; ++i) raw_send_all(connection_.fd(), block_.data(), block_.size());
    raw_receive_all(connection_.fd(), block_.data(), 1);
  }

 private:
  RawSocket connection_;
  std::vector<char> block_;
};

class LibraryOut final : public Workload {
 public:
  explicit LibraryOut(Target& target) : connection_(target.connection(target.sink_port())), block_(kBlock) {}

  void run(std::size_t operations) override {
    const std::uint64_t total = operations * kBlock;
    must(connection_.sendall({&total, sizeof(total)}), "sendall");
    for (std::size_t i = 0; i < operations; ++i) must(connection_.sendall(block_), "sendall");
    if (must(connection_.recv_into(block_, 1), "recv_into") != 1) give_up("recv_into", "the sink has gone");
  }

 private:
  Socket connection_;
  std::vector<char> block_;
};

class RawIn final : public Workload {
 public:
  explicit RawIn(std::uint16_t port) : connection_(raw_connection(port)), block_(kBlock) {}

  void run(std::size_t operations) override {
    const std::uint64_t total = operations * kBlock;
    raw_send_all(connection_.fd(), reinterpret_cast<const char*>(&total), sizeof(total));
    for (std::uint64_t left = total; left > 0;) {
      const RawSize received = raw_receive(connection_.fd(), block_.data(), block_.size());
      must(received >= 0, "recv");
      if (received == 0) give_up("recv", "the source has gone");
      left -= static_cast<std::uint64_t>(received);
    }
  }

 private:
  RawSocket connection_;
  std::vector<char> block_;
};

class LibraryIn final : public Workload {
 public:
  explicit LibraryIn(Target& target) : connection_(target.connection(target.source_port())), block_(kBlock) {}

  void run(std::size_t operations) override {
    const std::uint64_t total = operations * kBlock;
    must(connection_.sendall({&total, sizeof(total)}), "sendall");
    for (std::uint64_t left = total; left > 0;) {
      const std::size_t received = must(connection_.recv_into(block_), "recv_into");
      if (received == 0) give_up("recv_into", "the source has gone");
      left -= received;
    }
  }

 private:
  Socket connection_;
  std::vector<char> block_;
};

template <typename Raw, typename Library>
Case stream(Case result, std::uint16_t port, Targets targets) {
  result.rows = rows_of([port] { return std::make_unique<Raw>(port); }, targets,
                        [](Target& target) { return std::make_unique<Library>(target); });
  result.bounds = {{kNativeRow, Measure::time, 1.03}};
  return result;
}

}  // namespace

Case stream_out(const Peers& peers, Targets targets) {
  return stream<RawOut, LibraryOut>({.id = "stream_out",
                                     .title = "64 KiB stream, sent",
                                     .operation = "sendall of 64 KiB",
                                     .frugal_rows = {kNativeRow}},
                                    peers.sink_port(), targets);
}

Case stream_in(const Peers& peers, Targets targets) {
  return stream<RawIn, LibraryIn>(
      {.id = "stream_in", .title = "64 KiB stream, received", .operation = "64 KiB by recv_into"}, peers.source_port(),
      targets);
}

}  // namespace everysock::benchmark
