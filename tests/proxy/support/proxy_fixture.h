// A proxy in the test's own process.
#ifndef EVERYSOCK_TESTS_PROXY_SUPPORT_PROXY_FIXTURE_H_
#define EVERYSOCK_TESTS_PROXY_SUPPORT_PROXY_FIXTURE_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "everysock/backend.h"
#include "web/proxy/server.h"

namespace everysock::proxy {

// Listens on a free port of 127.0.0.1 and serves from a thread of its own until it is destroyed. `arguments` are
// command-line arguments; the program's own defaults hold otherwise.
class ProxyFixture {
 public:
  explicit ProxyFixture(std::vector<std::string> arguments = {});
  ~ProxyFixture();

  std::uint16_t port() const { return server_->port(); }
  // Ends it and waits for that.
  void stop();
  // A number from /metrics.
  std::int64_t metric(const std::string& name) const;
  // Waits until the metric has this value; fails the test after some seconds.
  void wait_for_metric(const std::string& name, std::int64_t value) const;

 private:
  std::unique_ptr<Backend> memory_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// An echo server of this machine, TCP and on a thread of its own, which lasts as long as the object.
class EchoServer {
 public:
  EchoServer();
  ~EchoServer();
  Address address() const { return address_; }
  std::uint16_t port() const { return static_cast<std::uint16_t>(std::get<InetAddress>(address_).port); }

 private:
  void serve();
  Socket listener_;
  Address address_;
  std::unique_ptr<Selector> selector_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_TESTS_PROXY_SUPPORT_PROXY_FIXTURE_H_
