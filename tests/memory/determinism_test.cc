// One seed, one run.
#include <doctest/doctest.h>

#include <string>

#include "support.h"

namespace everysock::testing {
namespace {

// An echo service over a bad link, with everything that happens written down.
std::string trace(std::uint64_t seed) {
  TwoHosts hosts(
      LinkSettings{
          .latency = 3 * kMillisecond, .jitter = 2 * kMillisecond, .loss = 0.2, .reorder = 0.1, .duplicate = 0.1},
      seed);
  std::string text;
  const auto note = [&](const std::string& what) { text += std::to_string(hosts.network.now()) + " " + what + "\n"; };
  Socket a = socket(af_inet, sock_dgram, {}, *hosts.alpha).value();
  Socket b = hosts.datagram(*hosts.beta, 7);
  Socket listener = hosts.listener();
  Socket c = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  for (Socket* s : {&a, &b, &listener, &c}) s->setblocking(false).value();
  (void)c.connect(InetAddress{"10.0.0.2", 80});
  a.connect(InetAddress{"10.0.0.2", 7}).value();
  note(to_string(a.getsockname().value()));
  Selector alpha = Selector::create(*hosts.alpha).value();
  Selector beta = Selector::create(*hosts.beta).value();
  alpha.add(a, Interest::read).value();
  alpha.add(c, Interest::read).value();
  beta.add(b, Interest::read).value();
  beta.add(listener, Interest::read).value();
  Socket server;
  for (int i = 0; i < 60; ++i) {
    (void)a.send(std::to_string(i));
    (void)c.send(std::string(static_cast<std::size_t>(i) * 100, 's'));
    const auto at_beta = beta.select(0.004).value();
    for (const Selector::Event& event : at_beta) {
      if (event.socket == &listener) {
        server = std::move(listener.accept().value().socket);
        server.setblocking(false).value();
        note("accepted");
        beta.add(server, Interest::read).value();
      } else if (event.socket == &b) {
        const Received received = b.recvfrom(100).value();
        note("beta got " + received.data);
        b.sendto(received.data, received.address).value();
      } else if (const auto data = server.recv(100000)) {
        note("stream " + std::to_string(data->size()));
        (void)server.send("ok");
      }
    }
    const auto at_alpha = alpha.select(0.004).value();
    for (const Selector::Event& event : at_alpha) {
      const auto data = event.socket->recv(1000);
      note((event.socket == &a ? "alpha got " : "stream answer ") + (data ? *data : data.error().message()));
    }
  }
  for (Socket* s : {&a, &c}) alpha.remove(*s).value();
  for (Socket* s : {&b, &listener}) beta.remove(*s).value();
  if (server.fileno() >= 0) beta.remove(server).value();
  return text;
}

TEST_CASE("the same seed gives the same run") {
  const std::string first = trace(7);
  CHECK(first.size() > 1000);
  CHECK(trace(7) == first);
}

TEST_CASE("another seed gives another run") {
  CHECK(trace(8) != trace(7));
  CHECK(trace(9) != trace(8));
}

TEST_CASE("ephemeral ports and abstract names come from the seed") {
  const auto names = [](std::uint64_t seed) {
    const auto backend = new_memory_backend(seed);
    Socket inet = socket(af_inet, sock_stream, {}, *backend).value();
    inet.bind(InetAddress{"127.0.0.1", 0}).value();
    Socket local = socket(af_unix, sock_dgram, {}, *backend).value();
    local.bind(UnixAddress{}).value();
    return to_string(inet.getsockname().value()) + to_string(local.getsockname().value());
  };
  CHECK(names(1) == names(1));
  CHECK(names(1) != names(2));
}

TEST_CASE("one link's traffic does not disturb another's chances") {
  const auto survivors = [](bool noise) {
    MemoryNetwork network({.seed = 3, .link = {.loss = 0.5}});
    const auto a = network.new_host("a", {"10.0.0.1"}).value();
    const auto b = network.new_host("b", {"10.0.0.2"}).value();
    const auto c = network.new_host("c", {"10.0.0.3"}).value();
    Socket from = socket(af_inet, sock_dgram, {}, *a).value();
    Socket to = socket(af_inet, sock_dgram, {}, *b).value();
    to.bind(InetAddress{"", 9}).value();
    std::string arrived;
    for (int i = 0; i < 64; ++i) {
      from.sendto(std::string(1, static_cast<char>(i + 32)), InetAddress{"10.0.0.2", 9}).value();
      if (noise) from.sendto("noise", InetAddress{"10.0.0.3", 9}).value();
    }
    to.settimeout(1.0).value();
    while (auto data = to.recv(10)) arrived += *data;
    return arrived;
  };
  CHECK(survivors(false) == survivors(true));
}

}  // namespace
}  // namespace everysock::testing
