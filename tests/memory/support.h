// What the tests of the simulated network share.
#ifndef EVERYSOCK_TESTS_MEMORY_SUPPORT_H_
#define EVERYSOCK_TESTS_MEMORY_SUPPORT_H_

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "everysock/socket.h"
#include "memory_backend.h"

namespace everysock::testing {

inline constexpr std::int64_t kMillisecond = 1'000'000;
inline constexpr std::int64_t kSecond = 1'000'000'000;

// Real time that has passed since it was made.
class Stopwatch {
 public:
  std::int64_t nanoseconds() const {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Two hosts, "alpha" (10.0.0.1, fd00::1) and "beta" (10.0.0.2, fd00::2).
struct TwoHosts {
  explicit TwoHosts(const NetworkSettings& settings = {}) : network(settings) {}
  explicit TwoHosts(const LinkSettings& link, std::uint64_t seed = 1)
      : TwoHosts(NetworkSettings{.seed = seed, .link = link}) {}

  MemoryNetwork network;
  std::unique_ptr<Backend> alpha = network.new_host("alpha", {"10.0.0.1", "fd00::1"}).value();
  std::unique_ptr<Backend> beta = network.new_host("beta", {"10.0.0.2", "fd00::2"}).value();

  Socket listener(int port = 80) { return create_server({"10.0.0.2", port}, {}, *beta).value(); }
  // A connection from alpha to beta: the connecting end, the accepted end.
  std::pair<Socket, Socket> connection(int port = 80) {
    Socket server = listener(port);
    Socket client = socket(af_inet, sock_stream, {}, *alpha).value();
    client.connect(InetAddress{"10.0.0.2", port}).value();
    return {std::move(client), server.accept().value().socket};
  }
  Socket datagram(Backend& backend, int port) {
    Socket s = socket(af_inet, sock_dgram, {}, backend).value();
    s.bind(InetAddress{"", port}).value();
    return s;
  }
};

}  // namespace everysock::testing

#endif  // EVERYSOCK_TESTS_MEMORY_SUPPORT_H_
